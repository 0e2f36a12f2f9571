import { type Account, instance, sampleAccount } from "../../emulator";

const { region, accountId } = sampleAccount();

const functionArn = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

export const FUNCTIONS = ["api", "jobs"].map(functionArn);

export const AUTO_SCALING_GROUPS = ["fleet", "reserve"];

/** The security group of the servers, and one that a program may give to its load balancer. */
export const SERVERS_GROUP = "sg-00000000000000eb1";
export const GIVEN_GROUP = "sg-0000000000000c1d1";

/** A private hosted zone of example.com, and the one of example.org. */
export const PRIVATE_ZONE = sampleAccount().hostedZones[1].zoneId;
export const OTHER_ZONE = "Z0EXAMPLE000000000003";

export const TRUST_STORE = `arn:aws:elasticloadbalancing:${region}:${accountId}:truststore/clients/0123456789abcdef`;

/** The sample account with all that arguments may refer to: IPv6, functions, Auto Scaling groups and more. */
export function accountForChanges(): Account {
  const account = sampleAccount();
  const [{ vpcId }] = account.vpcs;
  const subnets = account.subnets.map((subnet, index) => ({
    ...subnet,
    ipv6CidrBlock: `2001:db8:0:${index + 1}::/64`,
  }));
  const vpcs = account.vpcs.map((vpc) => ({ ...vpc, ipv6CidrBlock: "2001:db8::/56" }));
  const open = (groupId: string, port: number) => ({
    securityGroupRuleId: `sgr-${groupId.slice(-6)}${port}`,
    groupId,
    isEgress: false,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrIpv4: "0.0.0.0/0",
  });
  const servers = account.securityGroups.find(({ groupId }) => groupId === SERVERS_GROUP);
  servers?.rules.push(open(SERVERS_GROUP, 8080));
  account.securityGroups.push({
    groupId: GIVEN_GROUP,
    groupName: "given",
    description: "HTTP and HTTPS from anywhere",
    vpcId,
    rules: [
      ...[80, 443, 8080].map((port) => open(GIVEN_GROUP, port)),
      {
        securityGroupRuleId: "sgr-0000000000000c1d1",
        groupId: GIVEN_GROUP,
        isEgress: true,
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
      },
    ],
  });
  for (const [index, autoScalingGroupName] of AUTO_SCALING_GROUPS.entries()) {
    const instanceId = `i-0a1b2c3d4e5f6001${index}`;
    account.instances.push(instance(instanceId, subnets[index], `172.31.${16 * index}.20`));
    const instanceIds = [instanceId];
    account.autoScalingGroups.push({ autoScalingGroupName, instanceIds, targetGroupArns: [] });
  }
  for (const arn of FUNCTIONS) {
    const headers = { "x-instance-id": arn, "x-instance-port": "0" };
    const handler = (event: unknown) => {
      const { body = "" } = event as { body?: string };
      return { statusCode: 200, headers, body: `${arn}\n${body}` };
    };
    account.functions.push({ functionArn: arn, handler, permissions: [] });
  }
  account.hostedZones.push({ zoneId: OTHER_ZONE, name: "example.org" });
  account.trustStores.push({ trustStoreArn: TRUST_STORE, caCertificates: "" });
  const instances = account.instances.map((one, index) => ({
    ...one,
    ipv6Address: `2001:db8:0:${index === 1 ? 2 : 1}::${index + 7}`,
  }));
  return { ...account, vpcs, subnets, instances };
}
