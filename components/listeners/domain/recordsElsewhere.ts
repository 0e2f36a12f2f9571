import { setTimeout as delay } from "node:timers/promises";
import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { DomainArgs, DomainRecord } from "../../args";
import { valueIfKnownOrThrow } from "../../shared/previewValues";
import { namesOf, zonesOf } from "./names";

/** ACM ends names with a dot, which some DNS providers don't accept. */
export const withoutDots = (record: pulumi.Output<DomainRecord>) =>
  record.apply(({ name, type, value }) => ({
    name: name.replace(/\.$/, ""),
    type,
    value: value.replace(/\.$/, ""),
  }));

/** The records that point names to the load balancer and that are not created here. */
export function aliasesElsewhere(
  domain: DomainArgs | undefined,
  { dnsName }: lb.LoadBalancer,
): pulumi.Output<DomainRecord>[] {
  if (domain === undefined) return [];
  return namesOf(domain)
    .filter((host) => zonesOf(domain, host).zoneId === undefined)
    .map((name) => dnsName.apply((value) => ({ name, type: "CNAME", value })));
}

/** Says at preview that names have to be pointed to a new load balancer in DNS that is not managed here. */
export async function warnOfAliasesElsewhere(
  aliases: pulumi.Output<DomainRecord>[],
  parent: pulumi.Resource,
): Promise<void> {
  if (aliases.length === 0 || !pulumi.runtime.isDryRun()) return;
  try {
    if ((await valueIfKnownOrThrow(pulumi.all(aliases))) !== undefined) return;
  } catch {
    return; // The load balancer reports its error.
  }
  const warning =
    "domain: after the update, point the names without a hosted zone to the new load balancer in your DNS; the " +
    "records are in the output domainRecords";
  await pulumi.log.warn(warning, parent);
}

/** An update that is not validated after this time waits for records. */
const WAITING_SECONDS = 5;

/** The time that the AWS provider waits for a certificate. */
const TIMEOUT = "75 minutes";

/**
 * Says that a new certificate waits for records that are not created here: a preview that it will, and an update
 * that it does, with the records.
 */
export async function warnOfValidationElsewhere(
  { name }: DomainArgs,
  records: pulumi.Output<DomainRecord>[],
  /** Known at preview if the certificate has been validated. */
  validated: pulumi.Output<unknown>,
  parent: pulumi.Resource,
): Promise<void> {
  if (records.length === 0) return;
  try {
    if (pulumi.runtime.isDryRun()) {
      if ((await valueIfKnownOrThrow(validated)) !== undefined) return;
      const warning =
        `domain: the certificate of ${name} will wait up to ${TIMEOUT} for DNS records that are not created here, because ` +
        "their hosted zone is not given. The update lists them, as the ACM console does. They are also in the output " +
        "domainRecords. If the time is too short, create them later and run pulumi up again: they stay the same";
      await pulumi.log.warn(warning, parent);
      return;
    }
    const known = await valueIfKnownOrThrow(pulumi.all(records));
    const waiting = delay(WAITING_SECONDS * 1000, "waiting", { ref: false });
    if ((await Promise.race([valueIfKnownOrThrow(validated), waiting])) !== "waiting") return;
    // One warning for each, because only the first line of a warning is shown during an update.
    for (const { name: record, type, value } of known ?? []) {
      const warning =
        `domain: create the DNS record ${record} ${type} ${value} if it does not exist; the certificate of ${name} ` +
        `waits for it, up to ${TIMEOUT}`;
      await pulumi.log.warn(warning, parent);
    }
  } catch {
    // The resource that failed reports its error.
  }
}
