import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import type * as lb from "@pulumi/aws/lb";
import { Record } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";
import { IpAddressType, type DomainArgs } from "../../args";
import type { Scope } from "../../shared/scope";

/** All names of a domain, each once. */
const namesOf = ({ name, alternativeNames = [] }: DomainArgs) => [
  ...new Set([name, ...alternativeNames]),
];

/** ACM validates a name and its wildcard with the same record. */
const withoutWildcard = (name: string) => name.replace(/^\*\./, "");

/** The ARN of the listener's default certificate: the one in the arguments, or else that of the domain. */
export function defaultCertificate(scope: Scope): pulumi.Input<string> | undefined {
  const { domain, certificateArn } = scope.args;
  if (certificateArn !== undefined || domain === undefined) return certificateArn;
  return issueCertificate(scope, domain);
}

/**
 * Requests a certificate for the domain names. Its ARN is known when it has been validated. If the names
 * change, the new certificate is in use before the old one is deleted.
 */
function issueCertificate(scope: Scope, domain: DomainArgs): pulumi.Output<string> {
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
  const records = bases.map((base) => validationRecord(scope, base, domain, certificate));
  const validation = new CertificateValidation(
    `${name}-domain-validation`,
    {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map(({ fqdn }) => fqdn),
    },
    { parent },
  );
  return validation.certificateArn;
}

/** The record that validates a name. ACM gives its contents. */
function validationRecord(
  { name, parent }: Scope,
  base: string,
  { zoneId }: DomainArgs,
  { domainValidationOptions }: Certificate,
): Record {
  const option = domainValidationOptions.apply((options: Option[] | undefined) =>
    options?.find(({ domainName }) => withoutWildcard(domainName) === base),
  );
  return new Record(
    `${name}-validation-${base}`,
    {
      zoneId,
      // Mocks answer without options; the domain name is used then.
      name: option.apply((one) => one?.resourceRecordName ?? base),
      type: "CNAME",
      records: [option.apply((one) => one?.resourceRecordValue ?? base)],
      ttl: 300,
      // An account always gets the same record for a name, so it may exist for another certificate.
      allowOverwrite: true,
    },
    // For the same reason it stays: another certificate may need it when it is renewed.
    { parent, retainOnDelete: true },
  );
}

interface Option {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordValue: string;
}

/** Creates alias records that point the domain names to the load balancer, after its listeners. */
export function createAliases(
  { name, args: { domain, ipAddressType }, parent }: Scope,
  loadBalancer: lb.LoadBalancer,
  listeners: readonly lb.Listener[],
): Record[] {
  if (domain === undefined) return [];
  const { dnsName, zoneId } = loadBalancer;
  return namesOf(domain).flatMap((host) =>
    recordTypes(ipAddressType).map(
      (type) =>
        new Record(
          `${name}-${type.toLowerCase()}-${host}`,
          {
            zoneId: domain.zoneId,
            name: host,
            type,
            aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }],
          },
          { parent, dependsOn: [...listeners] },
        ),
    ),
  );
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
