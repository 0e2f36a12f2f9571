import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { Failed, problemAt, type LookedUp } from "../../checks";
import type { Gate } from "../../gate/gate";
import { isMocked, textAt, textsAt } from "../../lookups/answers";
import { findOrMissing, isMissing, type Lookups, type Missing } from "../../lookups/lookups";

/** A load balancer that exists already. */
export interface ExistingLoadBalancer {
  readonly arn: string;
  readonly arnSuffix: string;
  readonly dnsName: string;
  readonly zoneId: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/** The listener that a service joins, and its load balancer. */
export interface JoinedListener {
  /** For checks: HTTP or HTTPS, or why it can't be looked up; undefined if AWS does not tell. */
  readonly protocol: LookedUp<string | undefined>;
  /** The load balancer for checks, or why it can't be looked up. */
  readonly found: LookedUp<ExistingLoadBalancer>;
  readonly loadBalancer: pulumi.Output<ExistingLoadBalancer>;
}

const PATH = "listenerArn";

/** Looks up the listener and its load balancer, without which the service can't be created. */
export function findJoinedListener(
  listenerArn: pulumi.Input<string>,
  lookups: Lookups,
  gate: Gate,
): JoinedListener {
  const known = pulumi.output(listenerArn);
  const protocol = known.apply((arn) => protocolOf(arn, lookups));
  const found = known.apply((arn) => loadBalancerOf(arn, lookups));
  gate.required(protocol);
  return { protocol, found, loadBalancer: gate.required(found) };
}

/** In an object, because a listener without a protocol must not count as one that is not found. */
async function protocolOf(arn: string, lookups: Lookups): Promise<string | undefined | Failed> {
  const found = await lookups.required(
    "listener",
    { propertyPath: PATH, what: "the listener" },
    () => findOrMissing(() => lb.getListener({ arn }, lookups.options)),
    (answer) => (isMissing(answer) ? missing(arn) : { protocol: textAt(answer, "protocol") }),
  );
  return Failed.isInstance(found) ? found : found.protocol;
}

function loadBalancerOf(
  listenerArn: string,
  lookups: Lookups,
): Promise<ExistingLoadBalancer | Failed> {
  const arn = loadBalancerArnOf(listenerArn);
  return lookups.required(
    "loadBalancer",
    { propertyPath: PATH, what: "the load balancer of the listener" },
    () => findOrMissing(() => lb.getLoadBalancer({ arn }, lookups.options)),
    (answer) => (isMissing(answer) ? missing(listenerArn) : read(arn, answer)),
  );
}

/** A listener's ARN has the name and the ID of its load balancer, and then an ID of its own. */
function loadBalancerArnOf(listenerArn: string): string {
  return listenerArn.replace(":listener/", ":loadbalancer/").split("/").slice(0, 4).join("/");
}

/** With mocks in unit tests, an answer may leave out everything. */
function read(arn: string, answer: object | Missing): ExistingLoadBalancer | undefined {
  const text = (key: string) => textAt(answer, key) ?? (isMocked() ? key : undefined);
  const texts = (key: string) => textsAt(answer, key) ?? (isMocked() ? [] : undefined);
  const vpcId = text("vpcId");
  const dnsName = text("dnsName");
  const zoneId = text("zoneId");
  const subnetIds = texts("subnets");
  if (!vpcId || !dnsName || !zoneId || !subnetIds) return undefined;
  return {
    arn,
    arnSuffix: arn.replace(/^.*:loadbalancer\//, ""),
    dnsName,
    zoneId,
    vpcId,
    subnetIds,
    securityGroupIds: texts("securityGroups") ?? [],
  };
}

function missing(arn: string): Failed {
  const text =
    `there is no ${arn} in this account and region; check the ARN, the credentials and aws:region, or create the ` +
    "listener first";
  return new Failed([problemAt("missing", PATH, text)]);
}
