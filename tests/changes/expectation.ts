import type { LoadBalancedGroupArgs, NamedTargetGroupArgs } from "../../components/args";
import { sampleAccount } from "../../emulator";
import type { Stage } from "../support/stage";
import { accountForChanges } from "./account";

/*
 * What AWS must have for a set of arguments, by what the arguments' docs say alone and without the
 * component's code: what serves traffic, and what keeps others from it.
 */

export interface Served {
  /** The registrations of each target group, as `id:port`, with the instances of its Auto Scaling groups. */
  readonly registered: Record<string, string[]>;
  readonly autoScalingGroups: Record<string, string[]>;
  /** The listeners, as "HTTPS 443". */
  readonly listeners: string[];
  readonly rules: number;
  /** How many listeners have users log in before their default actions. */
  readonly logins: number;
  /** The issuers of the tokens that listeners and rules validate. */
  readonly issuers: string[];
  /** The regular expressions in the conditions of rules. */
  readonly regexes: string[];
  /** What rules rewrite, as "url-rewrite ^/a". */
  readonly rewrites: string[];
  readonly additionalCertificates: string[];
  readonly webAcl: string | undefined;
  readonly alarmed: boolean;
  readonly scheme: string;
  readonly ipAddressType: string;
  readonly ipv4IpamPoolId: unknown;
  readonly attributes: Record<string, string>;
}

export function expectedState(args: LoadBalancedGroupArgs): Served {
  const groups = groupsOf(args);
  const encrypted = args.certificateArn !== undefined || args.domain !== undefined;
  const further = Object.values(args.listeners ?? {});
  const plain = `HTTP ${args.port ?? 80}`;
  const isReplaced = further.some(({ port }) => port === (args.port ?? 80));
  const listeners = [
    ...(encrypted ? [`HTTPS ${args.httpsPort ?? 443}`] : []),
    ...(encrypted && (args.httpsOnly === true || isReplaced) ? [] : [plain]),
    ...further.map(({ protocol, port }) => `${protocol} ${port}`),
  ];
  const certified = [...(encrypted ? [args] : []), ...further];
  return {
    registered: Object.fromEntries(groups.map(([key, group]) => [key, registrationsOf(group)])),
    autoScalingGroups: Object.fromEntries(
      accountForChanges().autoScalingGroups.map(({ autoScalingGroupName: name }) => [
        name,
        groups
          .filter(([, { autoScalingGroupNames = {} }]) =>
            Object.values(autoScalingGroupNames).includes(name),
          )
          .map(([key]) => key)
          .sort(),
      ]),
    ),
    listeners: listeners.sort(),
    rules: [args, ...further].flatMap(({ rules = {} }) => Object.keys(rules)).length,
    logins: [args, ...further].filter(
      ({ authenticateOidc, authenticateCognito }) => authenticateOidc ?? authenticateCognito,
    ).length,
    issuers: [args, ...further]
      .flatMap(({ jwtValidation, rules = {} }) => [
        jwtValidation,
        ...Object.values(rules).map((rule) => rule.jwtValidation),
      ])
      .flatMap((validation) => (validation === undefined ? [] : [text(validation.issuer, "")]))
      .sort(),
    regexes: [args, ...further]
      .flatMap(({ rules = {} }) => Object.values(rules))
      .flatMap((rule) => [
        ...(rule.hostHeaderRegexValues ?? []),
        ...(rule.pathPatternRegexValues ?? []),
        ...Object.values(rule.httpHeaderConditions ?? {}).flatMap(({ regexValues = [] }) =>
          regexValues.map((regex) => text(regex, "")),
        ),
      ])
      .sort(),
    rewrites: [args, ...further]
      .flatMap(({ rules = {} }) => Object.values(rules))
      .flatMap(({ urlRewrite, hostHeaderRewrite }) => [
        ...(urlRewrite ? [`url-rewrite ${text(urlRewrite.regex, "")}`] : []),
        ...(hostHeaderRewrite ? [`host-header-rewrite ${text(hostHeaderRewrite.regex, "")}`] : []),
      ])
      .sort(),
    additionalCertificates: certified
      .flatMap(({ certificateArn, additionalCertificateArns = {} }) =>
        Object.values(additionalCertificateArns as Record<string, string>).filter(
          (arn) => arn !== certificateArn,
        ),
      )
      .sort(),
    webAcl: args.webAclArn as string | undefined,
    alarmed: args.alarms !== undefined,
    scheme: args.internal ? "internal" : "internet-facing",
    ipAddressType: args.ipAddressType ?? "ipv4",
    ipv4IpamPoolId: args.ipv4IpamPoolId,
    attributes: {
      "deletion_protection.enabled": text(args.deletionProtection, false),
      "idle_timeout.timeout_seconds": text(args.idleTimeout, 60),
      "client_keep_alive.seconds": text(args.clientKeepAlive, 3600),
      "routing.http.desync_mitigation_mode": text(args.desyncMitigationMode, "defensive"),
      "routing.http.drop_invalid_header_fields.enabled": text(args.dropInvalidHeaderFields, true),
      "routing.http.preserve_host_header.enabled": text(args.preserveHostHeader, false),
      "routing.http.xff_header_processing.mode": text(args.xffHeaderProcessingMode, "append"),
      "routing.http2.enabled": text(args.http2, true),
      "waf.fail_open.enabled": text(args.wafFailOpen, false),
    },
  };
}

/** A plain value, as the generator makes them all. */
function text(value: unknown, byDefault: string | number | boolean): string {
  const given = value ?? byDefault;
  return typeof given === "string" ? given : JSON.stringify(given);
}

export function observedState(stage: Stage): Served {
  const { emulator, account } = stage;
  const { elb, ec2, cloudWatch } = emulator;
  const arns = (part: string) => stage.existing.filter((arn) => arn.includes(part));
  const groups = arns(":targetgroup/").map((arn) => elb.describeTargetGroup(arn));
  const keys = new Map(
    groups.map(({ targetGroupArn, targetGroupName }) => [targetGroupArn, keyIn(targetGroupName)]),
  );
  const listeners = arns(":listener/").map((arn) => elb.describeListener(arn));
  const rules = arns(":listener-rule/").map((arn) => elb.describeRule(arn));
  const [loadBalancer] = elb.existingLoadBalancers();
  const { attributes } = loadBalancer;
  const given = new Set(sampleAccount().certificates.map(({ certificateArn }) => certificateArn));
  return {
    registered: Object.fromEntries(
      groups.map(({ targetGroupArn }) => [
        keys.get(targetGroupArn),
        stage.registered(targetGroupArn),
      ]),
    ),
    autoScalingGroups: Object.fromEntries(
      account.autoScalingGroups.map(({ autoScalingGroupName, targetGroupArns }) => [
        autoScalingGroupName,
        targetGroupArns.map((arn) => keys.get(arn) ?? arn).sort(),
      ]),
    ),
    listeners: listeners.map(({ protocol, port }) => `${protocol} ${port}`).sort(),
    // No two rules of a listener have the same priority.
    rules: new Set(rules.map(({ listenerArn, priority }) => `${listenerArn} ${priority}`)).size,
    logins: listeners.filter(({ authenticate }) => authenticate?.type.startsWith("authenticate-"))
      .length,
    issuers: [...listeners, ...rules]
      .flatMap(({ authenticate }) =>
        authenticate?.type === "jwt-validation" ? [authenticate.issuer] : [],
      )
      .sort(),
    regexes: rules
      .flatMap(({ conditions }) => conditions)
      .flatMap((one) => (one.field !== "query-string" && one.isRegex ? one.values : []))
      .sort(),
    rewrites: rules
      .flatMap(({ transforms = [] }) => transforms.map(({ type, regex }) => `${type} ${regex}`))
      .sort(),
    additionalCertificates: listeners
      .flatMap(({ listenerArn }) => elb.describeListenerCertificates(listenerArn))
      .filter(({ isDefault }) => !isDefault)
      .map(({ certificateArn }) => certificateArn)
      // Those that are requested for a domain are compared in `awsState`.
      .filter((arn) => given.has(arn))
      .sort(),
    webAcl: ec2.webAcls.find(loadBalancer.loadBalancerArn)?.arn,
    alarmed: cloudWatch.describeAlarms().length > 0,
    scheme: loadBalancer.scheme,
    ipAddressType: loadBalancer.ipAddressType,
    ipv4IpamPoolId: loadBalancer.ipv4IpamPoolId,
    attributes: Object.fromEntries(
      Object.keys(expectedState({}).attributes).map((name) => [name, attributes[name]]),
    ),
  };
}

/** The key of a target group in its name: "web-tg-blue-1234567" or "web-tg-1234567". */
function keyIn(name: string): string {
  const [, key = "default"] = /^web-tg-(.+)-[0-9a-f]{7}$/.exec(name) ?? [];
  return key;
}

/** The target groups by their keys. The main target group is made only where something forwards to it. */
export function groupsOf(args: LoadBalancedGroupArgs): [string, NamedTargetGroupArgs][] {
  const listeners = [args, ...Object.values(args.listeners ?? {})];
  const actions = listeners.flatMap(({ defaultAction, forward, rules = {} }) => [
    defaultAction === undefined ? { targetGroup: "default", forward } : {},
    ...Object.values(rules),
  ]);
  const isUsed = actions.some(({ forward, targetGroup }) =>
    forward === undefined ? targetGroup === "default" : Object.hasOwn(forward.weights, "default"),
  );
  const { targetGroup, instanceIds, targets, autoScalingGroupNames } = args;
  const main = { ...targetGroup, instanceIds, targets, autoScalingGroupNames };
  return [
    ...(isUsed ? [["default", main] as [string, NamedTargetGroupArgs]] : []),
    ...Object.entries(args.targetGroups ?? {}),
  ];
}

/** The targets of a target group, as `id:port`, sorted. */
export function registrationsOf(group: NamedTargetGroupArgs): string[] {
  const port = group.targetType === "lambda" ? 0 : (group.port ?? 80);
  const names = Object.values(group.autoScalingGroupNames ?? {});
  const scaled = accountForChanges()
    .autoScalingGroups.filter((one) => names.includes(one.autoScalingGroupName))
    .flatMap(({ instanceIds }) => instanceIds);
  const all = [
    ...[...(group.instanceIds ?? []), ...scaled].map((id) => `${id}:${port}`),
    ...Object.values(group.targets ?? {}).map(
      (target) => `${text(target.id, "")}:${target.port ?? port}`,
    ),
  ];
  return [...new Set(all)].sort();
}
