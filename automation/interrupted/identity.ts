import { saysMissing } from "../../components/lookups/failures";
import { strings, valueAt } from "../../components/checks";

/** Calls a function of the AWS provider. */
export type Invoke = (token: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Finds the ID of a resource by its inputs; undefined if it can't exist or does not exist. */
type Find = (inputs: unknown, invoke: Invoke) => Promise<string | undefined>;

function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** The texts at these keys; undefined if one is not known, for example because it is secret. */
function texts(inputs: unknown, ...keys: readonly string[]): string[] | undefined {
  const found = keys.map((key) => textAt(inputs, key));
  return found.every((one) => one !== undefined) ? found : undefined;
}

const joined =
  (separator: string, ...keys: readonly string[]) =>
  (inputs: unknown): string | undefined =>
    texts(inputs, ...keys)?.join(separator);

/** The provider reads these by their inputs, and makes an ID that nothing else depends on. */
const anyId =
  (...keys: readonly string[]) =>
  (inputs: unknown): string =>
    [...keys.flatMap((key) => textAt(inputs, key) ?? []), "interrupted"].join("-");

/**
 * The IDs that the provider makes from the inputs. The state gets the resource with this ID, and a refresh says
 * whether it exists.
 */
const COMPUTED: Readonly<Partial<Record<string, (inputs: unknown) => string | undefined>>> = {
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": anyId("targetGroupArn"),
  "aws:autoscaling/attachment:Attachment": anyId("autoscalingGroupName"),
  "aws:lb/listenerCertificate:ListenerCertificate": joined("_", "listenerArn", "certificateArn"),
  "aws:wafv2/webAclAssociation:WebAclAssociation": joined(",", "webAclArn", "resourceArn"),
  "aws:route53/record:Record": joined("_", "zoneId", "name", "type"),
  "aws:lambda/permission:Permission": joined("", "statementId"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": joined("", "name"),
  "aws:cloudwatch/dashboard:Dashboard": joined("", "dashboardName"),
  "aws:s3/bucket:Bucket": joined("", "bucket"),
  "aws:s3/bucketPolicy:BucketPolicy": joined("", "bucket"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": joined("", "bucket"),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": joined("", "bucket"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": joined(
    "",
    "bucket",
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": joined("", "bucket"),
};

/** What AWS makes the IDs of, and what else finds the resource. */
const LOOKED_UP: Readonly<Partial<Record<string, Find>>> = {
  "aws:lb/loadBalancer:LoadBalancer": byKeys("aws:lb/getLoadBalancer:getLoadBalancer", "name"),
  "aws:lb/targetGroup:TargetGroup": byKeys("aws:lb/getTargetGroup:getTargetGroup", "name"),
  "aws:lb/listener:Listener": byKeys("aws:lb/getListener:getListener", "loadBalancerArn", "port"),
  "aws:lb/listenerRule:ListenerRule": byKeys(
    "aws:lb/getListenerRule:getListenerRule",
    "listenerArn",
    "priority",
  ),
  "aws:ec2/securityGroup:SecurityGroup": findSecurityGroup,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": findRule(false),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": findRule(true),
  "aws:acm/certificate:Certificate": findCertificate,
};

/** The resource's ID, if the provider makes it from the inputs. */
export function computedId(type: string, inputs: unknown): string | undefined {
  return COMPUTED[type]?.(inputs);
}

/** Whether AWS must be asked for the resource's ID. */
export function isLookedUp(type: string): boolean {
  return LOOKED_UP[type] !== undefined;
}

/** Asks AWS for the resource's ID. @throws if AWS does not answer the question. */
export async function lookedUpId(
  type: string,
  inputs: unknown,
  invoke: Invoke,
): Promise<string | undefined> {
  return LOOKED_UP[type]?.(inputs, invoke);
}

function byKeys(token: string, ...keys: readonly string[]): Find {
  return (inputs, invoke) => {
    const values = keys.map((key) => valueAt(inputs, key));
    if (!values.every((one) => typeof one === "string" || typeof one === "number")) {
      return Promise.resolve(undefined);
    }
    return found(invoke, token, Object.fromEntries(keys.map((key, index) => [key, values[index]])));
  };
}

/** Only a certificate that waits for its record: its record was not made before the interruption. */
function findCertificate(inputs: unknown, invoke: Invoke): Promise<string | undefined> {
  const domain = textAt(inputs, "domainName");
  if (domain === undefined) return Promise.resolve(undefined);
  const keyAlgorithm = textAt(inputs, "keyAlgorithm");
  const args = {
    domain,
    statuses: ["PENDING_VALIDATION"],
    mostRecent: true,
    ...(keyAlgorithm === undefined ? {} : { keyTypes: [keyAlgorithm] }),
  };
  return found(invoke, "aws:acm/getCertificate:getCertificate", args);
}

async function findSecurityGroup(inputs: unknown, invoke: Invoke): Promise<string | undefined> {
  const known = texts(inputs, "name", "vpcId");
  if (known === undefined) return undefined;
  const [name, vpcId] = known;
  const filters = [filter("group-name", name), filter("vpc-id", vpcId)];
  const answer = await invoke("aws:ec2/getSecurityGroups:getSecurityGroups", { filters });
  const ids = strings(valueAt(answer, "ids"));
  // A name may have a * in it, which finds other groups too.
  return ids.length === 1 ? ids[0] : undefined;
}

const PEERS = ["cidrIpv4", "cidrIpv6", "referencedSecurityGroupId", "prefixListId"];

/** A security group has each rule once, so protocol, ports and peer find it. */
function findRule(isEgress: boolean): Find {
  return async (inputs, invoke) => {
    const groupId = textAt(inputs, "securityGroupId");
    if (groupId === undefined) return undefined;
    const filters = [filter("group-id", groupId)];
    const answer = await invoke("aws:vpc/getSecurityGroupRules:getSecurityGroupRules", { filters });
    for (const id of strings(valueAt(answer, "ids"))) {
      const rule = await invoke("aws:vpc/getSecurityGroupRule:getSecurityGroupRule", {
        securityGroupRuleId: id,
      });
      if (valueAt(rule, "isEgress") === isEgress && contentOf(rule) === contentOf(inputs))
        return id;
    }
    return undefined;
  };
}

/** EC2 says -1 for the ports of rules without ports, and has an address in its shortest form. */
function contentOf(rule: unknown): string {
  const port = (key: string) => Number(valueAt(rule, key) ?? -1);
  const peers = PEERS.map((key) => textAt(rule, key) ?? "");
  return [textAt(rule, "ipProtocol"), port("fromPort"), port("toPort"), ...peers].join(" ");
}

const filter = (name: string, value: string) => ({ name, values: [value] });

async function found(
  invoke: Invoke,
  token: string,
  args: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  try {
    return textAt(await invoke(token, args), "id");
  } catch (error) {
    if (saysMissing(error) && !/multiple/i.test(String(error))) return undefined;
    throw error;
  }
}
