import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getServerCertificate } from "@pulumi/aws/iam/getServerCertificate";
import { getZone } from "@pulumi/aws/route53/getZone";
import { getWebAcl } from "@pulumi/aws/wafv2/getWebAcl";
import { getServiceQuota } from "@pulumi/aws/servicequotas/getServiceQuota";
import { flagAt, numberAt, textAt } from "./answers";
import { findOrMissing, isMissing, type Lookups } from "./lookups";

/** A certificate in IAM. If it does not exist, only `missing` is set. */
export interface ServerCertificate {
  readonly missing?: boolean;
  readonly arn?: string;
  readonly expirationDate?: string;
}

/** A web ACL of the region. If none has its name, only `missing` is set. */
export interface WebAcl {
  readonly missing?: boolean;
  readonly arn?: string;
}

/** A hosted zone of Route 53. If it does not exist, only `missing` is set. */
export interface HostedZone {
  readonly missing?: boolean;
  readonly name?: string;
  readonly privateZone?: boolean;
}

/** Lookups about the account. They give undefined if the call fails. */
export interface AccountLookups {
  accountId(): Promise<string | undefined>;
  serverCertificate(name: string): Promise<ServerCertificate | undefined>;
  hostedZone(zoneId: string): Promise<HostedZone | undefined>;
  webAcl(name: string): Promise<WebAcl | undefined>;
  /** The value of a quota of a service. */
  quota(quotaCode: string, serviceCode: string): Promise<number | undefined>;
}

/** The name by which Service Quotas knows the service. */
export const ELASTIC_LOAD_BALANCING = "elasticloadbalancing";

export function accountLookups(lookups: Lookups): AccountLookups {
  let account: Promise<string | undefined> | undefined;
  async function accountId(): Promise<string | undefined> {
    const answer = await lookups.optional("account", () => getCallerIdentity({}, lookups.options));
    return textAt(answer, "accountId");
  }
  return {
    accountId: () => (account ??= accountId()),
    async serverCertificate(name) {
      const answer = await lookups.optional("serverCertificate", () =>
        findOrMissing(() => getServerCertificate({ name }, lookups.options)),
      );
      if (answer === undefined || isMissing(answer)) return answer;
      return { arn: textAt(answer, "arn"), expirationDate: textAt(answer, "expirationDate") };
    },
    async hostedZone(zoneId) {
      const answer = await lookups.optional("hostedZone", () =>
        findOrMissing(() => getZone({ zoneId }, lookups.options)),
      );
      if (answer === undefined || isMissing(answer)) return answer;
      return { name: textAt(answer, "name"), privateZone: flagAt(answer, "privateZone") };
    },
    async webAcl(name) {
      const answer = await lookups.optional("webAcl", () =>
        findOrMissing(() => getWebAcl({ name, scope: "REGIONAL" }, lookups.options)),
      );
      if (answer === undefined || isMissing(answer)) return answer;
      return { arn: textAt(answer, "arn") };
    },
    async quota(quotaCode, serviceCode) {
      const answer = await lookups.optional("quota", () =>
        getServiceQuota({ serviceCode, quotaCode }, lookups.options),
      );
      return numberAt(answer, "value");
    },
  };
}
