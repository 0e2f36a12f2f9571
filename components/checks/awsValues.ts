import { isIpv6Network, networkOf } from "../shared/cidr";
import type { ArgumentPath } from "./argumentPath";
import { plain, type Check } from "./check";
import { text, whole } from "./values";

/** Why a value that becomes part of a resource's name can't be an output. */
export const namesResources = "it is part of resource names";

export const port = plain(whole(1, 65535), "security group rules are created for it");

export const seconds = (min: number, max: number, or?: number) => whole(min, max, "seconds", or);

/** A network in CIDR notation. `remedyFor` may give the remedy for a value that is none. */
export function network(
  remedyFor: (value: unknown) => string | undefined = () => undefined,
): Check {
  return {
    accepts: { kind: "text" },
    visit(value, at) {
      const written = typeof value === "string" ? networkOf(value) : undefined;
      if (written === undefined) {
        const remedy = remedyFor(value) ?? remedyForNoNetwork(value, at);
        const code = typeof value === "string" ? "format" : "type";
        at.report(
          code,
          "must be a network in CIDR notation, with a prefix of /0 to /32, or of /0 to /128 for IPv6",
          value,
          remedy,
        );
      } else if (written !== value) {
        const must =
          "must be written as AWS writes it, with no bits set after its prefix, and IPv6 in its shortest form and " +
          "in lower case";
        const { remedy, edit } = at.rewrite(
          written,
          'such as "10.0.0.0/16" instead of "10.0.0.1/16"',
        );
        at.report("format", must, value, remedy, edit);
      }
      return value;
    },
  };
}

function remedyForNoNetwork(value: unknown, at: ArgumentPath): string {
  const example = 'write it like "10.0.0.0/16" or "2001:db8::/32"';
  if (typeof value !== "string") return example;
  const single = networkOf(`${value}/${isIpv6Network(value) ? 128 : 32}`);
  if (single === undefined) return example;
  return `${example}, or for this single address ${at.rewrite(single, 'such as "10.0.0.1/32"').remedy}`;
}

/** A kind of resource that belongs to a region. */
export interface Regional {
  /** What it is, as in "a certificate". */
  readonly what: string;
  /** Its ARN. The first group of the expression is the region. */
  readonly arn: RegExp;
  /** How to get one, as in "request or import it". */
  readonly obtain: string;
}

/** The check, which also requires that the ARN is in the region; without a region nothing is added. */
export function inRegion(
  check: Check,
  { what, arn, obtain }: Regional,
  region: string | undefined,
): Check {
  return {
    ...check,
    visit(value, at) {
      const own = typeof value === "string" ? arn.exec(value)?.[1] : undefined;
      if (region !== undefined && own !== undefined && own !== region) {
        const must = `must be ${what} in the load balancer's region ${region}`;
        at.report("region", must, value, `${obtain} in ${region}`);
      }
      return check.visit(value, at);
    },
  };
}

const LOAD_BALANCING_ARN =
  /^arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):(\d{12}):([a-z-]+(?:\/app)?)\/(.+)$/;

/** The parts of an ARN of Elastic Load Balancing; undefined for any other value. */
export function loadBalancingArnParts(
  arn: unknown,
): { region: string; account: string; kind: string; id: string } | undefined {
  const match = typeof arn === "string" ? LOAD_BALANCING_ARN.exec(arn) : null;
  if (match === null) return undefined;
  const [, region, account, kind, id] = match;
  return { region, account, kind, id };
}

/** An ARN of Elastic Load Balancing. After its kind it has a name and IDs, which are `parts` together. */
export function loadBalancingArn(what: string, kind: string, parts: number): Check {
  const rest = new RegExp(`^[A-Za-z0-9-]+(/[0-9a-f]+){${parts - 1}}$`);
  const form = [kind, "<name>", "<id>", "<id>", "<id>"].slice(0, parts + 1).join("/");
  return text(
    `the ARN of ${what}`,
    (value) => {
      const found = loadBalancingArnParts(value);
      return found?.kind === kind && rest.test(found.id);
    },
    `copy the ARN from the console, "arn:aws:elasticloadbalancing:<region>:<account>:${form}"`,
  );
}
