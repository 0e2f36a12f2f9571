import type { DomainArgs, LoadBalancedGroupArgs } from "../../args";
import { earlyText } from "../../shared/previewValues";
import { problemAt, type Problem } from "../../checks";
import type { AccountLookups } from "../../lookups/account";

/**
 * The problems of the hosted zone: whether it exists, contains the domain names, and is public if a certificate
 * is validated with it.
 */
export async function hostedZoneProblems(
  { domain, certificateArn }: LoadBalancedGroupArgs,
  aws: Pick<AccountLookups, "hostedZone">,
): Promise<Problem[]> {
  const zoneId = await earlyText(domain?.zoneId);
  if (domain === undefined || zoneId === undefined) return [];
  const { missing = false, name: zone, privateZone = false } = (await aws.hostedZone(zoneId)) ?? {};
  if (missing) {
    const text = "there is no such hosted zone in this account; check the ID and the credentials";
    return [problemAt("missing", "domain.zoneId", text)];
  }
  // Mocks answer without a name.
  if (zone === undefined) return [];
  const outside = namesOf(domain).flatMap(([path, host]) =>
    liesIn(host, zone)
      ? []
      : problemAt(
          "unsuitable",
          path,
          `${host} is not in ${zone}, the hosted zone of domain.zoneId; use the hosted zone of ${host}, ` +
            `or a name in ${zone}`,
        ),
  );
  if (!privateZone || certificateArn !== undefined) return outside;
  const privateZoneProblem = problemAt(
    "unsuitable",
    "domain.zoneId",
    `the hosted zone ${zone} is private, so ACM can't validate a certificate with it; use a public ` +
      "hosted zone, or set certificateArn to a certificate that exists",
  );
  return [privateZoneProblem, ...outside];
}

function namesOf({ name, alternativeNames = [] }: DomainArgs): [path: string, host: string][] {
  const others = alternativeNames.map((one, index): [string, string] => [
    `domain.alternativeNames[${index}]`,
    one,
  ]);
  return [["domain.name", name], ...others];
}

function liesIn(host: string, zone: string): boolean {
  const parent = zone.toLowerCase().replace(/\.$/, "");
  return host === parent || host.endsWith(`.${parent}`);
}
