import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "load-balanced-group";

const config = new pulumi.Config();
const subnetIds = config.requireObject<string[]>("subnetIds");
const { vpcId } = aws.ec2.getSubnetOutput({ id: subnetIds[0] });

// A server of its own on each instance; put yours in its place.
const userData = `#!/bin/bash
mkdir --parents /srv/web
hostname > /srv/web/index.html
systemd-run --unit web --property Restart=always python3 -m http.server 80 --directory /srv/web
`;

// The load balancer is admitted below, and nobody else. The servers call nobody.
const securityGroup = new aws.ec2.SecurityGroup("servers", { description: "Servers", vpcId });

const template = new aws.ec2.LaunchTemplate("servers", {
  imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  instanceType: config.require("instanceType"),
  vpcSecurityGroupIds: [securityGroup.id],
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" },
  userData: Buffer.from(userData).toString("base64"),
});

// It has no `targetGroupArns`: an update would detach what the component attaches. And no
// `desiredCapacity`: that is the scaling policy's, and an update would take it back.
const servers = new aws.autoscaling.Group("servers", {
  minSize: config.requireNumber("minSize"),
  maxSize: config.requireNumber("maxSize"),
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
  // A server that fails the target group's health checks is replaced, once it has had time to start.
  healthCheckType: "ELB",
  healthCheckGracePeriod: 120,
  // A new version of the template goes round: each server is followed by another before it goes.
  instanceRefresh: {
    strategy: "Rolling",
    preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
  },
  tags: [{ key: "Name", value: pulumi.getProject(), propagateAtLaunch: true }],
});

const web = new LoadBalancedGroup("web", {
  subnetIds,
  autoScalingGroupNames: { servers: servers.name },
  domain: { name: config.require("domain"), zoneId: config.require("zoneId") },
  targetGroup: { deregistrationDelay: config.requireNumber("drainSeconds") },
});

new aws.vpc.SecurityGroupIngressRule("from-load-balancer", {
  securityGroupId: securityGroup.id,
  referencedSecurityGroupId: web.securityGroupId,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
});

// AWS takes the label only of a target group that is attached, so this waits for all of the group.
new aws.autoscaling.Policy(
  "requests-per-server",
  {
    autoscalingGroupName: servers.name,
    policyType: "TargetTrackingScaling",
    targetTrackingConfiguration: {
      predefinedMetricSpecification: {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: pulumi.interpolate`${web.loadBalancerArnSuffix}/${web.targetGroupArnSuffix}`,
      },
      targetValue: config.requireNumber("requestsPerServer"),
    },
  },
  { dependsOn: web },
);

export const url = web.url;
export const groupName = servers.name;
