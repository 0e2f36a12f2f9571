import type { DomainArgs, LoadBalancedGroupArgs } from "../../args";
import { earlyText } from "../../shared/previewValues";
import { problemAt, type Problem } from "../../checks";
import type { AccountLookups } from "../../lookups/account";
import { liesIn, zoneKeyOf } from "./names";

/** A hosted zone of the arguments, and what is created in it. */
interface ZoneUse {
  /** Where its ID is in the arguments. */
  readonly path: string;
  readonly zoneId: string | undefined;
  readonly names: readonly Name[];
  /** Whether a certificate is validated in it. */
  readonly validates: boolean;
  /** What to do if it is private and validates. */
  readonly remedy: string;
}

type Name = readonly [path: string, host: string];

/**
 * The problems of the hosted zones: whether each exists, contains its domain names, and is public if a certificate
 * is validated with it.
 */
export async function hostedZoneProblems(
  { domain, certificateArn }: LoadBalancedGroupArgs,
  aws: Pick<AccountLookups, "hostedZone">,
): Promise<Problem[]> {
  if (domain === undefined) return [];
  const uses = await usesOf(domain, certificateArn === undefined);
  return (await Promise.all(uses.map((use) => zoneProblems(use, aws)))).flat();
}

async function zoneProblems(
  { path, zoneId, names, validates, remedy }: ZoneUse,
  aws: Pick<AccountLookups, "hostedZone">,
): Promise<Problem[]> {
  if (zoneId === undefined) return [];
  const { missing = false, name: zone, privateZone = false } = (await aws.hostedZone(zoneId)) ?? {};
  if (missing) {
    const text =
      "there is no such hosted zone in this account; check the ID and the credentials; if the zone is in " +
      (path.endsWith(".validationZoneId")
        ? "another account, remove validationZoneId and also the zoneId beside it; then create the records that the output " +
          "domainRecords lists: in the public zone those that validate the certificate, in the private zone the others"
        : "another account, remove the ID, and create in that zone the records that the output domainRecords lists");
    return [problemAt("missing", path, text)];
  }
  // Mocks answer without a name.
  if (zone === undefined) return [];
  const outside = names.flatMap(([where, host]) =>
    liesIn(host, zone)
      ? []
      : problemAt(
          "unsuitable",
          where,
          `${host} is not in ${zone}, the hosted zone of ${path}; use the hosted zone of ${host} instead, use a name ` +
            `in ${zone}, or keep both and add the hosted zone of ${host} to domain.zones`,
        ),
  );
  if (!privateZone || !validates) return outside;
  const text = `the hosted zone ${zone} is private, so ACM can't validate a certificate with it; ${remedy}`;
  return [problemAt("unsuitable", path, text), ...outside];
}

/** The hosted zones whose IDs are known, with the names of each. */
async function usesOf(domain: DomainArgs, isRequested: boolean): Promise<ZoneUse[]> {
  const { zones = {}, ...own } = domain;
  const names = namesOf(domain);
  const within = (key: string | undefined) =>
    names.filter(([, host]) => zoneKeyOf(zones, host) === key);
  const all = [
    { path: "domain", ids: own, names: within(undefined) },
    ...Object.entries(zones).map(([key, ids]) => ({
      path: `domain.zones[${JSON.stringify(key)}]`,
      ids,
      names: within(key),
    })),
  ];
  const uses = all.map(async ({ path, ids: { zoneId, validationZoneId }, names: contained }) => {
    const hosts = contained.map(([, host]) => host).join(" and ");
    const forAliases = {
      path: `${path}.zoneId`,
      zoneId: await earlyText(zoneId),
      names: contained,
      validates: isRequested && validationZoneId === undefined,
      remedy:
        `set ${path}.validationZoneId to the ID of the public hosted zone of ${hosts}; or set certificateArn to the ARN ` +
        "of an existing certificate",
    };
    const forValidation = {
      path: `${path}.validationZoneId`,
      zoneId: await earlyText(validationZoneId),
      names: contained,
      validates: true,
      remedy: `use the ID of the public hosted zone of ${hosts}`,
    };
    return [forAliases, forValidation];
  });
  return (await Promise.all(uses)).flat();
}

function namesOf({ name, alternativeNames = [] }: DomainArgs): Name[] {
  const others = alternativeNames.map((one, index): Name => [
    `domain.alternativeNames[${index}]`,
    one,
  ]);
  return [["domain.name", name], ...others];
}
