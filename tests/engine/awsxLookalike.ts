import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { sampleAccount } from "../../emulator";

/*
 * What awsx makes, under awsx's names and types, as its version 3.9 does (awsx/lb/applicationLoadBalancer.ts
 * and awsx/lb/targetGroupAttachment.ts): its own provider can't be had without the network.
 */

const account = sampleAccount();

interface Balancer {
  readonly subnetIds: string[];
  readonly defaultTargetGroup: Pick<lb.TargetGroupArgs, "healthCheck">;
}

class ApplicationLoadBalancer extends pulumi.ComponentResource {
  readonly defaultTargetGroup: lb.TargetGroup;

  constructor(name: string, { subnetIds, defaultTargetGroup }: Balancer) {
    super("awsx:lb:ApplicationLoadBalancer", name);
    const within = { parent: this };
    const vpcId = account.subnets.find(({ subnetId }) => subnetId === subnetIds[0])?.vpcId;
    const everyone = { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId,
        ingress: [{ fromPort: 0, toPort: 0, protocol: "-1", ...everyone }],
        egress: [{ fromPort: 0, toPort: 65535, protocol: "tcp", ...everyone }],
      },
      within,
    );
    const loadBalancer = new lb.LoadBalancer(
      name,
      { subnets: subnetIds, securityGroups: [securityGroup.id], loadBalancerType: "application" },
      within,
    );
    const protocol = { port: 80, protocol: "HTTP" };
    this.defaultTargetGroup = new lb.TargetGroup(
      name,
      { vpcId, targetType: "ip", ...protocol, ...defaultTargetGroup },
      within,
    );
    const defaultActions = [{ type: "forward", targetGroupArn: this.defaultTargetGroup.arn }];
    new lb.Listener(
      `${name}-0`,
      { defaultActions, ...protocol, loadBalancerArn: loadBalancer.arn },
      within,
    );
    this.registerOutputs();
  }
}

interface Attachment {
  readonly targetGroup: lb.TargetGroup;
  readonly instanceId: string;
}

class TargetGroupAttachment extends pulumi.ComponentResource {
  constructor(name: string, { targetGroup, instanceId }: Attachment) {
    super("awsx:lb:TargetGroupAttachment", name);
    const instance = account.instances.find((one) => one.instanceId === instanceId);
    if (instance === undefined) throw new Error(`there is no ${instanceId}`);
    new lb.TargetGroupAttachment(
      name,
      {
        targetId: instance.privateIpAddress,
        availabilityZone: instance.availabilityZone,
        targetGroupArn: targetGroup.arn,
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}

export const awsxLookalike = { lb: { ApplicationLoadBalancer, TargetGroupAttachment } };
