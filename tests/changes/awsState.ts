import type { Inventory } from "../support/inventory";

type Json = Record<string, unknown>;

/** What ACM's validation records start with. They stay on purpose, since other certificates may share them. */
const VALIDATION = /^_/;

/**
 * All that the account has now and that a deployment can change, without what differs between two deployments
 * of the same arguments: ARNs, ids and the ends of names. A replaced resource looks like the one before it.
 */
export function awsState(
  stage: Pick<Inventory, "emulator" | "account" | "existing" | "registered">,
): Json {
  const { emulator, account } = stage;
  const { elb, ec2, cloudWatch, route53, tags } = emulator;
  const labels = new Map<string, string>();
  const arns = (part: string) => stage.existing.filter((arn) => arn.includes(part));
  const groups = arns(":targetgroup/").map((arn) => elb.describeTargetGroup(arn));
  const loadBalancers = elb.existingLoadBalancers();
  const listeners = arns(":listener/").map((arn) => elb.describeListener(arn));
  const rules = arns(":listener-rule/").map((arn) => elb.describeRule(arn));

  for (const { targetGroupArn, targetGroupName } of groups) {
    labels.set(targetGroupArn, withoutSuffix(targetGroupName));
  }
  for (const { loadBalancerArn, loadBalancerName, dnsName } of loadBalancers) {
    labels.set(loadBalancerArn, withoutSuffix(loadBalancerName));
    labels.set(dnsName, "DNS name of the load balancer");
    labels.set(suffixOf(loadBalancerArn), "suffix of the load balancer");
  }
  for (const { targetGroupArn, targetGroupName } of groups) {
    const name = withoutSuffix(targetGroupName);
    labels.set(targetGroupArn.slice(targetGroupArn.indexOf("targetgroup/")), `suffix of ${name}`);
  }
  for (const { listenerArn, protocol, port } of listeners) {
    labels.set(listenerArn, `${protocol} listener on ${port}`);
  }
  for (const { groupId, groupName } of account.securityGroups) {
    if (stage.existing.includes(groupId)) labels.set(groupId, withoutSuffix(groupName));
  }
  for (const { certificateArn, domainNames, keyAlgorithm = "" } of account.certificates) {
    labels.set(certificateArn, `${keyAlgorithm} certificate of ${domainNames.join(", ")}`);
  }
  const state = {
    loadBalancers: loadBalancers.map(({ loadBalancerArn, loadBalancerName, ...rest }) => ({
      ...rest,
      loadBalancerArn,
      name: withoutSuffix(loadBalancerName),
      securityGroups: [...rest.securityGroups].sort(),
      subnets: rest.subnets.map(({ subnetId }) => subnetId).sort(),
      attributes: withoutUnusedBuckets(given(rest.attributes)),
      webAcl: ec2.webAcls.find(loadBalancerArn)?.arn,
      tags: tags.of(loadBalancerArn),
    })),
    targetGroups: groups.map(({ targetGroupArn, targetGroupName, ...rest }) => ({
      ...rest,
      name: withoutSuffix(targetGroupName),
      attributes: inEffect(rest.attributes),
      targets: stage.registered(targetGroupArn),
      tags: tags.of(targetGroupArn),
    })),
    listeners: listeners.map(({ listenerArn, ...rest }) => ({
      ...rest,
      listenerArn,
      certificates: elb
        .describeListenerCertificates(listenerArn)
        .map(({ certificateArn, isDefault }) => `${certificateArn} ${isDefault}`)
        .sort(),
      attributes: given(elb.describeListenerAttributes(listenerArn)),
      tags: tags.of(listenerArn),
    })),
    rules: rules.map(({ ruleArn, ...rest }) => ({ ...rest, tags: tags.of(ruleArn) })),
    securityGroups: account.securityGroups.map(({ groupId, groupName, description, rules }) => ({
      groupId,
      groupName: withoutSuffix(groupName),
      description,
      tags: tags.of(groupId),
      rules: rules
        .map(({ securityGroupRuleId, ...rule }) => ({
          ...rule,
          tags: tags.of(securityGroupRuleId),
        }))
        .map((rule) => JSON.stringify(rule, sortedKeys))
        .sort(),
    })),
    autoScalingGroups: account.autoScalingGroups.map(
      ({ autoScalingGroupName, targetGroupArns }) => ({
        autoScalingGroupName,
        targetGroupArns: [...targetGroupArns].sort(),
      }),
    ),
    permissions: account.functions.map(({ functionArn, permissions }) => ({
      functionArn,
      permissions: permissions.map(({ action, principal, sourceArn, qualifier }) =>
        [action, principal, sourceArn, qualifier].join(" "),
      ),
    })),
    certificates: account.certificates.map(
      ({ domainNames, keyAlgorithm, status, certificateArn }) => ({
        domainNames,
        keyAlgorithm,
        status,
        tags: tags.of(certificateArn),
      }),
    ),
    records: account.hostedZones.flatMap(({ zoneId }) =>
      route53.recordsIn(zoneId).filter(({ name }) => !VALIDATION.test(name)),
    ),
    alarms: cloudWatch.describeAlarms().map(({ alarmName, alarmArn, settings }) => ({
      alarmName: withoutSuffix(alarmName),
      settings,
      tags: tags.of(alarmArn),
    })),
    dashboards: Object.entries(cloudWatch.describeDashboards()).map(([name, body]) => [
      withoutSuffix(name),
      body,
    ]),
  };
  return plain(state, labels);
}

/** Buckets that were made for logs. They stay on purpose. */
export function keptBuckets(stage: Pick<Inventory, "emulator">): string[] {
  return stage.emulator.ec2.buckets.names;
}

/** Where two states differ, one line for each place. */
export function differences(wanted: unknown, found: unknown, path = ""): string[] {
  if (JSON.stringify(wanted) === JSON.stringify(found)) return [];
  const areObjects = [wanted, found].every((one) => typeof one === "object" && one !== null);
  if (!areObjects)
    return [`${path}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];
  const [one, other] = [wanted as Json, found as Json];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key], other[key], `${path}/${key}`));
}

/** Without the seven digits that Pulumi adds, or what AWS adds to a prefix. */
const withoutSuffix = (name: string) => name.replace(/-([0-9a-f]{7}|\d{20,})$/, "");

const suffixOf = (loadBalancerArn: string) =>
  loadBalancerArn.slice(loadBalancerArn.indexOf("loadbalancer/") + "loadbalancer/".length);

/** Without attributes that are empty, which are the same as none. */
const given = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));

/** Without the bucket that AWS keeps of logs that are off. */
function withoutUnusedBuckets(attributes: Readonly<Record<string, string>>) {
  const off = Object.keys(attributes)
    .filter((name) => name.endsWith("_logs.s3.enabled") && attributes[name] === "false")
    .map((name) => name.slice(0, -"enabled".length));
  const isUnused = (name: string) =>
    off.some((start) => name === `${start}bucket` || name === `${start}prefix`);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !isUnused(name)));
}

/** Without what AWS keeps of a stickiness that is off, or of another kind. */
function inEffect(attributes: Readonly<Record<string, string>>) {
  const { "stickiness.enabled": enabled, "stickiness.type": type } = attributes;
  const isIdle = (name: string) =>
    enabled === "true"
      ? name.startsWith("stickiness.") && /cookie\./.test(name) && !name.includes(`.${type}.`)
      : name.startsWith("stickiness.") && name !== "stickiness.enabled";
  return Object.fromEntries(Object.entries(given(attributes)).filter(([name]) => !isIdle(name)));
}

/** In a form that can be compared: lists sorted, keys sorted, ARNs and ids replaced by what they are of. */
function plain(state: unknown, labels: ReadonlyMap<string, string>): Json {
  const known = [...labels].sort(([one], [other]) => other.length - one.length);
  const label = (text: string) =>
    known.reduce((rest, [id, name]) => rest.replaceAll(id, `<${name}>`), text);
  const visit = (value: unknown): unknown => {
    if (typeof value === "string")
      return label(value).replace(/\bweb-logs-[0-9a-f]+\b/, "web-logs");
    if (Array.isArray(value)) {
      return value
        .map(visit)
        .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(
      entries
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, inner]) => [key, visit(inner)]),
    );
  };
  return visit(state) as Json;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
