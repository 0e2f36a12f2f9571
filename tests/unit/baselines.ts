import path from "node:path";
import { format } from "prettier";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { markdownTable, replaceBetween } from "../../tools/markdown";
import { ROOT } from "../../tools/package/manifest";
import { CERTIFICATE, WEB_ACL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import type { Recording } from "../support/recorder";

/*
 * What security baselines demand of an application load balancer, judged on what a group registers.
 * Security Hub: https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html. The others
 * are rules of AWS Control Tower (CT), checkov (CKV), prowler and trivy (AVD).
 */

/** A setting that baselines demand. */
interface Demand {
  readonly setting: string;
  readonly controls: string;
  /** The arguments that meet it. */
  readonly by: string;
  readonly isMet: (group: Recorded) => boolean;
}

type Inputs = Readonly<Record<string, unknown>>;

/** The inputs of what a group registers, by kind. */
interface Recorded {
  readonly loadBalancer: Inputs;
  readonly targetGroup: Inputs;
  readonly listeners: readonly Inputs[];
  readonly types: ReadonlySet<string>;
}

export const BASELINES_FILE = path.join(ROOT, "docs", "baselines.md");
export const README_FILE = path.join(ROOT, "README.md");

const CONFIGURATIONS: Readonly<Record<string, LoadBalancedGroupArgs>> = {
  "by default": ZONES,
  "with a certificate": { ...ZONES, certificateArn: CERTIFICATE },
  hardened: {
    ...ZONES,
    certificateArn: CERTIFICATE,
    httpsOnly: true,
    internal: true,
    deletionProtection: true,
    webAclArn: WEB_ACL,
    accessLogs: {},

    alarms: { topicArns: ["arn:aws:sns:us-west-2:123456789012:on-call"] },
    targetGroup: { protocol: "HTTPS" },
  },
};

/** The policies that Security Hub's control ELB.17 accepts. */
const ACCEPTED_POLICIES = [
  "TLS13-1-3-2021-06",
  "TLS13-1-3-FIPS-2023-04",
  "TLS13-1-2-Res-2021-06",
  "TLS13-1-2-Res-FIPS-2023-04",
  "TLS13-1-2-Res-PQ-2025-09",
  "TLS13-1-3-PQ-2025-09",
  "TLS13-1-2-Res-FIPS-PQ-2025-09",
  "TLS13-1-3-FIPS-PQ-2025-09",
].map((name) => `ELBSecurityPolicy-${name}`);

const encrypted = ({ listeners }: Recorded) =>
  listeners.filter(({ protocol }) => protocol === "HTTPS");

const DEMANDS: readonly Demand[] = [
  {
    setting: "If there is an HTTP listener, it redirects to HTTPS",
    controls: "ELB.1, CT PR.1, CKV2_AWS_20",
    by: "`certificateArn` or `domain`",
    isMet: ({ listeners }) =>
      listeners
        .filter(({ protocol }) => protocol === "HTTP")
        .every(({ defaultActions }) => JSON.stringify(defaultActions).includes('"redirect"')),
  },
  {
    setting: "No HTTP listener, not even for a redirect",
    controls: "ELB.18, CKV_AWS_2, Pulumi disallow-unencrypted-traffic",
    by: "`httpsOnly`",
    isMet: (group) => encrypted(group).length === group.listeners.length,
  },
  {
    setting: "A certificate from ACM",
    controls: "CT PR.2, prowler elbv2_acm_certificate_required",
    by: "`certificateArn` or `domain`",
    isMet: (group) =>
      encrypted(group).some(({ certificateArn }) => String(certificateArn).includes(":acm:")),
  },
  {
    setting: "A current TLS policy",
    controls: "ELB.17, CKV_AWS_103",
    by: "`certificateArn` or `domain`",
    isMet: (group) =>
      encrypted(group).length > 0 &&
      encrypted(group).every(({ sslPolicy }) => ACCEPTED_POLICIES.includes(String(sslPolicy))),
  },
  {
    setting: "Invalid header fields are dropped",
    controls: "ELB.4, CT PR.4, CKV_AWS_131",
    by: "default",
    isMet: ({ loadBalancer }) => loadBalancer.dropInvalidHeaderFields === true,
  },
  {
    setting: "Desync mitigation is defensive or strictest",
    controls: "ELB.12, CT PR.3, CKV_AWS_328",
    by: "default",
    isMet: ({ loadBalancer }) =>
      ["defensive", "strictest"].includes(String(loadBalancer.desyncMitigationMode)),
  },
  {
    setting: "Two zones or more",
    controls: "ELB.13",
    by: "default",
    isMet: ({ loadBalancer: { subnets } }) => Array.isArray(subnets) && subnets.length >= 2,
  },
  {
    setting: "A health check is defined",
    controls: "CKV_AWS_261",
    by: "default",
    isMet: ({ targetGroup }) => targetGroup.healthCheck !== undefined,
  },
  {
    setting: "Access logs are written",
    controls: "ELB.5, CT PR.6, CKV_AWS_91",
    by: "`accessLogs`",
    isMet: ({ loadBalancer }) =>
      (loadBalancer.accessLogs as { enabled?: boolean } | undefined)?.enabled === true,
  },
  {
    setting: "The load balancer can't be deleted by mistake",
    controls: "ELB.6, CT PR.5, CKV_AWS_150",
    by: "`deletionProtection`",
    isMet: ({ loadBalancer }) => loadBalancer.enableDeletionProtection === true,
  },
  {
    setting: "A web ACL filters requests",
    controls: "ELB.16, CKV2_AWS_28",
    by: "`webAclArn`",
    isMet: ({ types }) => types.has("aws:wafv2/webAclAssociation:WebAclAssociation"),
  },
  {
    setting: "Traffic to targets uses HTTPS",
    controls: "ELB.22, CKV_AWS_378",
    by: "`targetGroup.protocol`",
    isMet: ({ targetGroup }) => targetGroup.protocol === "HTTPS",
  },
  {
    setting: "Health checks use HTTPS",
    controls: "ELB.21",
    by: "`targetGroup.protocol`",
    isMet: ({ targetGroup }) =>
      (targetGroup.healthCheck as { protocol?: string }).protocol === "HTTPS",
  },
  {
    setting: "The load balancer is not internet-facing unless intended",
    controls: "AVD-AWS-0053, prowler elbv2_internet_facing",
    by: "`internal`",
    isMet: ({ loadBalancer }) => loadBalancer.internal === true,
  },
  {
    setting: "An alarm reports unhealthy targets",
    controls: "prowler elbv2_unhealthy_host_count_monitored",
    by: "`alarms`",
    isMet: ({ types }) => types.has("aws:cloudwatch/metricAlarm:MetricAlarm"),
  },
];

const TEXT = `# Security baselines

\`npm run baselines\` generates this table from the resources of three groups: with zones only, with a certificate, and hardened
with the arguments of the last column.

TABLE

Some baselines contradict each other, so a group can't meet all of them:

- ELB.18 and Pulumi's policy allow no listener on port 80. ELB.1 allows one that redirects, which most clients need.
  \`httpsOnly\` meets both.
- Pulumi's compliance policies use the TLS policies of 2023. Of the policies that ELB.17 accepts, they accept only
  \`ELBSecurityPolicy-TLS13-1-3-2021-06\` and \`ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04\`. They report the one that AWS
  recommends, which is the default here. To meet both, set \`sslPolicy\` to one of these two. Clients that support only TLS 1.2
  can't connect then.
- \`deletionProtection\` makes \`pulumi destroy\` fail, as intended. Set it to false in a separate update before.
`;

/** What is to be in the documentation of the demands, and by whom they are met. */
export interface Baselines {
  /** The table, as the README shows it. */
  readonly table: string;
  /** The page that says more. */
  readonly page: string;
}

export async function describeBaselines(): Promise<Baselines> {
  const names = Object.keys(CONFIGURATIONS);
  const groups: Recorded[] = [];
  for (const args of Object.values(CONFIGURATIONS))
    groups.push(recordedIn(await recordGroup(args)));
  const rows = DEMANDS.map(({ setting, controls, by, isMet }) => [
    setting,
    controls,
    ...groups.map((group) => (isMet(group) ? "yes" : "no")),
    by,
  ]);
  const head = ["Setting", "Required by", ...names, "Met by"];
  const table = await format(markdownTable(head, rows), { parser: "markdown" });
  return { table, page: TEXT.replace("TABLE", table.trimEnd()) };
}

/** The README with the table between its marks. */
export const showing = (readme: string, table: string): string =>
  replaceBetween(readme, "<!-- npm run baselines -->", "<!-- end -->", table.trimEnd());

function recordedIn({ registrations, find }: Recording): Recorded {
  return {
    loadBalancer: find("web-alb").inputs,
    targetGroup: find("web-tg").inputs,
    listeners: registrations
      .filter(({ type }) => type === "aws:lb/listener:Listener")
      .map(({ inputs }) => inputs),
    types: new Set(registrations.map(({ type }) => type)),
  };
}
