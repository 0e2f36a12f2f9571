import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { GROUPS, HEALTH_CHECK_INTERVAL, RULES, SERVERS, ZONES } from "./size";

/*
 * What the component makes, written by hand: the same resources with the same inputs, which the
 * benchmark checks before it measures. It looks the VPC and its subnets up, but checks nothing.
 */

const TCP_80 = { ipProtocol: "tcp", fromPort: 80, toPort: 80 };

export const urls = GROUPS.map((name) => {
  const network = ec2.getVpcOutput({ default: true });
  const subnets = ZONES.map((zone) => subnetIn(network.id, zone));
  const { securityGroup, rules } = securityGroupFor(name, network);

  const loadBalancer = new lb.LoadBalancer(`${name}-alb`, {
    loadBalancerType: "application",
    internal: false,
    ipAddressType: "ipv4",
    subnets,
    securityGroups: [securityGroup.id],
    accessLogs: { enabled: false, bucket: "" },
    connectionLogs: { enabled: false, bucket: "" },
    healthCheckLogs: { enabled: false, bucket: "" },
    enableDeletionProtection: false,
    idleTimeout: 60,
    clientKeepAlive: 3600,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "defensive",
    xffHeaderProcessingMode: "append",
    enableXffClientPort: false,
    preserveHostHeader: false,
    enableTlsVersionAndCipherSuiteHeaders: false,
    enableWafFailOpen: false,
    enableZonalShift: false,
    enableHttp2: true,
  });
  const targetGroup = targetGroupFor(name, network.id, loadBalancer);
  const attachments = SERVERS.map(
    (targetId) =>
      new lb.TargetGroupAttachment(`${name}-attachment-${targetId}:80`, {
        targetGroupArn: targetGroup.arn,
        targetId,
      }),
  );
  const listener = new lb.Listener(
    `${name}-http`,
    {
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: "HTTP",
      routingHttpResponseServerEnabled: true,
      defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    },
    { dependsOn: [...attachments, ...rules] },
  );
  for (const { priority, path } of RULES) {
    new lb.ListenerRule(`${name}-priority-${priority}`, {
      listenerArn: listener.arn,
      priority,
      conditions: [{ pathPattern: { values: [path] } }],
      actions: [
        {
          type: "fixed-response",
          fixedResponse: { statusCode: "404", contentType: "text/plain" },
        },
      ],
    });
  }
  return loadBalancer.dnsName.apply((dnsName) => `http://${dnsName}`);
});

function subnetIn(vpcId: pulumi.Output<string>, zone: string): pulumi.Output<string> {
  const filters = [
    { name: "vpc-id", values: [vpcId] },
    { name: "availability-zone", values: [zone] },
  ];
  return ec2.getSubnetsOutput({ filters }).apply(({ ids }) => ids[0]);
}

function securityGroupFor(name: string, network: pulumi.Output<ec2.GetVpcResult>) {
  const securityGroup = new ec2.SecurityGroup(
    `${name}-sg`,
    { description: "Load balancer: clients in, targets out", vpcId: network.id },
    { ignoreChanges: ["description"] },
  );
  const rules = [
    new vpc.SecurityGroupIngressRule(`${name}-ingress-80-0.0.0.0/0`, {
      securityGroupId: securityGroup.id,
      ...TCP_80,
      cidrIpv4: "0.0.0.0/0",
    }),
    new vpc.SecurityGroupEgressRule(`${name}-egress-80-vpc`, {
      securityGroupId: securityGroup.id,
      ...TCP_80,
      cidrIpv4: network.cidrBlock,
    }),
  ];
  return { securityGroup, rules };
}

function targetGroupFor(
  name: string,
  vpcId: pulumi.Output<string>,
  loadBalancer: lb.LoadBalancer,
): lb.TargetGroup {
  return new lb.TargetGroup(
    `${name}-tg`,
    {
      vpcId,
      port: 80,
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      targetType: "instance",
      ipAddressType: "ipv4",
      deregistrationDelay: 300,
      slowStart: 0,
      stickiness: { enabled: false, type: "lb_cookie", cookieDuration: 86400 },
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      targetGroupHealth: {
        dnsFailover: {
          minimumHealthyTargetsCount: "1",
          minimumHealthyTargetsPercentage: "off",
        },
        unhealthyStateRouting: {
          minimumHealthyTargetsCount: 1,
          minimumHealthyTargetsPercentage: "off",
        },
      },
      healthCheck: {
        path: "/",
        port: "traffic-port",
        protocol: "HTTP",
        interval: HEALTH_CHECK_INTERVAL,
        timeout: 2,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        matcher: "200",
      },
    },
    { replaceWith: [loadBalancer] },
  );
}
