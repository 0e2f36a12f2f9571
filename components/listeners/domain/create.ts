import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import * as lb from "@pulumi/aws/lb";
import { Record } from "@pulumi/aws/route53/record";
import * as pulumi from "@pulumi/pulumi";
import { IpAddressType, KeyAlgorithm, type DomainArgs, type DomainRecord } from "../../args";
import type { Scope } from "../../shared/scope";
import { namesOf, withoutWildcard, zonesOf } from "./names";
import { withoutDots, warnOfValidationElsewhere } from "./recordsElsewhere";

/** The ARNs of a domain's certificates by their key algorithms. */
export type DomainCertificates = Readonly<{ [algorithm: string]: pulumi.Output<string> }>;

/** The certificates of HTTPS listeners. */
export interface ListenerCertificates {
  /** The ARN of the default certificate. It is known when the certificate can be used. */
  readonly defaultArn?: pulumi.Input<string>;
  /** Those for clients that send one of the domain's names, if there are several. */
  readonly byAlgorithm: DomainCertificates;
  /** The records that validate them and that are not created here. */
  readonly records: pulumi.Output<DomainRecord>[];
}

/** The certificate in the arguments, or else those that are requested for the domain. */
export function certificatesOf(scope: Scope): ListenerCertificates {
  const { domain, certificateArn } = scope.args;
  if (certificateArn !== undefined || domain === undefined) {
    return { defaultArn: certificateArn, byAlgorithm: {}, records: [] };
  }
  return issueCertificates(scope, domain);
}

/**
 * Requests the certificates for the domain names. If the names change, the new certificates are in use before the
 * old ones are deleted.
 */
function issueCertificates(scope: Scope, domain: DomainArgs): ListenerCertificates {
  const { keyAlgorithms: [first, ...others] = [KeyAlgorithm.Rsa2048] } = domain;
  // The order in the arguments says which is the default. It changes no resource but the listener.
  const algorithms = Object.values(KeyAlgorithm).filter((one) => [first, ...others].includes(one));
  const certificates = algorithms.map((algorithm) => ({
    algorithm,
    certificate: requestCertificate(scope, domain, algorithm),
  }));
  const bases = [...new Set(namesOf(domain).map(withoutWildcard))];
  const proofs = bases.map((base) => {
    // All certificates of an account have the same record for a name.
    const record = validationRecordOf(certificates[0].certificate, base);
    const { validationZoneId: zoneId } = zonesOf(domain, base);
    return zoneId === undefined
      ? { elsewhere: withoutDots(record), fqdn: withoutDots(record).name }
      : { fqdn: createValidationRecord(scope, base, zoneId, record).fqdn };
  });
  const validationRecordFqdns = proofs.map(({ fqdn }) => fqdn);
  const validations = certificates.map(
    ({ algorithm, certificate: { arn: certificateArn } }) =>
      new CertificateValidation(
        `${scope.name}-domain-validation${suffixOf(algorithm)}`,
        { certificateArn, validationRecordFqdns },
        { parent: scope.parent },
      ),
  );
  const records = proofs.flatMap(({ elsewhere }) => elsewhere ?? []);
  const validated = pulumi.all(validations.map(({ id }) => id));
  void warnOfValidationElsewhere(domain, records, validated, scope.parent);
  const arns = validations.map(({ certificateArn }) => certificateArn);
  return {
    defaultArn: arns[algorithms.indexOf(first)],
    byAlgorithm:
      arns.length === 1
        ? {}
        : Object.fromEntries(algorithms.map((one, index) => [one, arns[index]])),
    records,
  };
}

function requestCertificate(
  { name, args: { tags }, parent }: Scope,
  domain: DomainArgs,
  algorithm: KeyAlgorithm,
): Certificate {
  return new Certificate(
    `${name}-domain${suffixOf(algorithm)}`,
    {
      domainName: domain.name,
      // ACM has the domain name among them. Without the list, the provider would keep the last one.
      subjectAlternativeNames: namesOf(domain),
      keyAlgorithm: algorithm === KeyAlgorithm.Rsa2048 ? undefined : algorithm,
      validationMethod: "DNS",
      tags,
    },
    { parent },
  );
}

/** What distinguishes the names of an algorithm's resources from those of RSA_2048, which is the default. */
const suffixOf = (algorithm: KeyAlgorithm) =>
  algorithm === KeyAlgorithm.Rsa2048 ? "" : `-${algorithm}`;

/**
 * Adds the certificates of a domain to a listener. The default one is among them, because a client that sends a
 * name is not offered it otherwise if another certificate has the name.
 */
export function addDomainCertificates(
  { name, parent }: Pick<Scope, "name" | "parent">,
  certificates: DomainCertificates,
  listenerArn: pulumi.Input<string>,
): lb.ListenerCertificate[] {
  return Object.entries(certificates).map(
    ([algorithm, certificateArn]) =>
      new lb.ListenerCertificate(
        `${name}-domain-certificate-${algorithm}`,
        { listenerArn, certificateArn },
        { parent },
      ),
  );
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
