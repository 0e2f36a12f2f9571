import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import type * as lb from "@pulumi/aws/lb";
import { Record } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";
import { IpAddressType, type DomainArgs, type DomainRecord } from "../../args";
import type { Scope } from "../../shared/scope";
import { namesOf, withoutWildcard, zonesOf } from "./names";
import { withoutDots, warnOfValidationElsewhere } from "./recordsElsewhere";

/** The certificate for the names of a domain. */
export interface DomainCertificate {
  /** Known when the certificate can be used. */
  readonly arn?: pulumi.Input<string>;
  /** The records that validate it and that are not created here. */
  readonly records: pulumi.Output<DomainRecord>[];
}

/** The listener's default certificate: the one in the arguments, or else that of the domain. */
export function defaultCertificate(scope: Scope): DomainCertificate {
  const { domain, certificateArn } = scope.args;
  if (certificateArn !== undefined || domain === undefined) {
    return { arn: certificateArn, records: [] };
  }
  return issueCertificate(scope, domain);
}

/**
 * Requests a certificate for the domain names. Its ARN is known when it has been validated. If the names
 * change, the new certificate is in use before the old one is deleted.
 */
function issueCertificate(scope: Scope, domain: DomainArgs): DomainCertificate {
  const { name, args, parent } = scope;
  const names = namesOf(domain);
  const certificate = new Certificate(
    `${name}-domain`,
    {
      domainName: domain.name,
      // ACM has the domain name among them. Without the list, the provider would keep the last one.
      subjectAlternativeNames: names,
      validationMethod: "DNS",
      tags: args.tags,
    },
    { parent },
  );
  const bases = [...new Set(names.map(withoutWildcard))];
  const proofs = bases.map((base) => {
    const record = validationRecordOf(certificate, base);
    const { validationZoneId: zoneId } = zonesOf(domain, base);
    return zoneId === undefined
      ? { elsewhere: withoutDots(record), fqdn: withoutDots(record).name }
      : { fqdn: createValidationRecord(scope, base, zoneId, record).fqdn };
  });
  const validation = new CertificateValidation(
    `${name}-domain-validation`,
    {
      certificateArn: certificate.arn,
      validationRecordFqdns: proofs.map(({ fqdn }) => fqdn),
    },
    { parent },
  );
  const records = proofs.flatMap(({ elsewhere }) => elsewhere ?? []);
  void warnOfValidationElsewhere(domain, records, validation.id, parent);
  return { arn: validation.certificateArn, records };
}

interface Option {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordValue: string;
}

/** The record that validates a name. ACM gives its contents. */
function validationRecordOf(
  { domainValidationOptions }: Certificate,
  base: string,
): pulumi.Output<DomainRecord> {
  return domainValidationOptions.apply((options: Option[] | undefined) => {
    const option = options?.find(({ domainName }) => withoutWildcard(domainName) === base);
    // Mocks answer without options; the domain name is used then.
    const { resourceRecordName = base, resourceRecordValue = base } = option ?? {};
    return { name: resourceRecordName, type: "CNAME", value: resourceRecordValue };
  });
}

function createValidationRecord(
  { name, parent }: Scope,
  base: string,
  zoneId: pulumi.Input<string>,
  record: pulumi.Output<DomainRecord>,
): Record {
  return new Record(
    `${name}-validation-${base}`,
    {
      zoneId,
      name: record.name,
      type: "CNAME",
      records: [record.value],
      ttl: 300,
      // An account always gets the same record for a name, so it may exist for another certificate.
      allowOverwrite: true,
    },
    // For the same reason it stays: another certificate may need it when it is renewed.
    { parent, retainOnDelete: true },
  );
}

/** Creates alias records that point the domain names to the load balancer, after its listeners. */
export function createAliases(
  { name, args: { domain, ipAddressType }, parent }: Scope,
  { dnsName, zoneId }: lb.LoadBalancer,
  listeners: readonly lb.Listener[],
): Record[] {
  if (domain === undefined) return [];
  return namesOf(domain).flatMap((host) => {
    const { zoneId: hostedZoneId } = zonesOf(domain, host);
    if (hostedZoneId === undefined) return [];
    return recordTypes(ipAddressType).map(
      (type) =>
        new Record(
          `${name}-${type.toLowerCase()}-${host}`,
          {
            zoneId: hostedZoneId,
            name: host,
            type,
            aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }],
          },
          { parent, dependsOn: [...listeners] },
        ),
    );
  });
}

/** The types of alias records, which depend on the addresses of the load balancer. */
function recordTypes(ipAddressType: IpAddressType = IpAddressType.Ipv4): string[] {
  switch (ipAddressType) {
    case IpAddressType.Ipv4:
      return ["A"];
    case IpAddressType.Dualstack:
      return ["A", "AAAA"];
    case IpAddressType.DualstackWithoutPublicIpv4:
      return ["AAAA"];
  }
}
