import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getServerCertificate } from "@pulumi/aws/iam/getServerCertificate";
import { getZone } from "@pulumi/aws/route53/getZone";
import { getServiceQuota } from "@pulumi/aws/servicequotas/getServiceQuota";
import type * as pulumi from "@pulumi/pulumi";
import type { Allowed } from "../network";
import { unlessMissing } from "./allowing";

/** A certificate in IAM: nothing but that it is missing, where it is. */
export interface ServerCertificate {
  readonly missing?: boolean;
  readonly arn?: string;
  readonly expirationDate?: string;
}

/** A hosted zone of Route 53: nothing but that it is missing, where it is. */
export interface HostedZone {
  readonly missing?: boolean;
  readonly name?: string;
  readonly privateZone?: boolean;
}

/** What is asked about the account; undefined where that is not permitted, or a mock's answer. */
export interface AccountQuestions {
  accountId(): Promise<string | undefined>;
  serverCertificate(name: string): Promise<ServerCertificate | undefined>;
  hostedZone(zoneId: string): Promise<HostedZone | undefined>;
  /** The value of a quota of Elastic Load Balancing. */
  quota(quotaCode: string): Promise<number | undefined>;
}

export function accountQuestions(allowed: Allowed, parent: pulumi.Resource): AccountQuestions {
  let account: Promise<string | undefined> | undefined;
  async function accountId(): Promise<string | undefined> {
    const answer = getCallerIdentity({}, { parent });
    const found: { accountId?: string } | undefined = await allowed(
      "sts:GetCallerIdentity",
      answer,
    );
    return found?.accountId;
  }
  return {
    accountId: () => (account ??= accountId()),
    async serverCertificate(name) {
      const answer = unlessMissing(getServerCertificate({ name }, { parent }));
      const missing = { missing: true };
      return allowed(
        "iam:ListServerCertificates and iam:GetServerCertificate",
        answer.then((found): ServerCertificate => found ?? missing),
      );
    },
    async hostedZone(zoneId) {
      const missing = { missing: true };
      return allowed(
        "route53:GetHostedZone and route53:ListTagsForResource",
        unlessMissing(getZone({ zoneId }, { parent })).then(
          (found): HostedZone => found ?? missing,
        ),
      );
    },
    async quota(quotaCode) {
      const answer = getServiceQuota(
        { serviceCode: "elasticloadbalancing", quotaCode },
        { parent },
      );
      const found: { value?: number } | undefined = await allowed(
        "servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota",
        answer,
      );
      return found?.value;
    },
  };
}
