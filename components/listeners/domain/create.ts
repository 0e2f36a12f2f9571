import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import type * as lb from "@pulumi/aws/lb";
import { Record } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";
import { IpAddressType, type DomainArgs } from "../../args";
import type { Scope } from "../../shared/scope";

/** Every name of a domain, each once. */
const namesOf = ({ name, alternativeNames = [] }: DomainArgs) => [
  ...new Set([name, ...alternativeNames]),
];

/** ACM proves a name and its wildcard by one record. */
const withoutWildcard = (name: string) => name.replace(/^\*\./, "");

/** The certificate that the listener shows by default: the domain's, or the one that is given. */
export function defaultCertificate(scope: Scope): pulumi.Input<string> | undefined {
  const { domain, certificateArn } = scope.args;
  return domain === undefined ? certificateArn : issueCertificate(scope, domain);
}

/**
 * Issues a certificate for the domain's names, and gives its ARN when it has been validated. A change of
 * names makes a new certificate, which serves before the old one goes.
 */
function issueCertificate(scope: Scope, domain: DomainArgs): pulumi.Output<string> {
  const { name, args, parent } = scope;
  const [domainName, ...alternativeNames] = namesOf(domain);
  const certificate = new Certificate(
    `${name}-domain`,
    {
      domainName,
      subjectAlternativeNames: alternativeNames.length === 0 ? undefined : alternativeNames,
      validationMethod: "DNS",
      tags: args.tags,
    },
    { parent },
  );
  const bases = [...new Set(namesOf(domain).map(withoutWildcard))];
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

/** How many records there are follows from the names; what is in them, ACM says. */
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
      // Only a mock answers without options; then the name stands for them.
      name: option.apply((one) => one?.resourceRecordName ?? base),
      type: "CNAME",
      records: [option.apply((one) => one?.resourceRecordValue ?? base)],
      ttl: 300,
      // An account proves a name by the same record for ever, so another certificate may have made it.
      allowOverwrite: true,
    },
    { parent },
  );
}

interface Option {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordValue: string;
}

/** Leads the domain's names to the load balancer, once its listener serves. */
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

/** By which addresses clients reach the load balancer. */
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
