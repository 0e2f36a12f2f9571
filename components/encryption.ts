import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import { DEFAULT_SSL_POLICY, isReported } from "./sslPolicies";

/** Whether clients are served by HTTPS. */
export const isEncrypted = ({ certificateArn, domain }: Certified) =>
  certificateArn !== undefined || domain !== undefined;

/** What brings a certificate, in arguments that may still be wrong. */
type Certified = Readonly<Partial<Record<"certificateArn" | "domain", unknown>>>;

/** AWS's quota of a load balancer, which it raises on request. */
const MOST_ADDITIONAL_CERTIFICATES = 25;

/** Warns of what AWS takes and a security baseline, or a quota, may not. */
export function warnOfEncryption(args: LoadBalancedGroupArgs, parent: pulumi.Resource): void {
  const warn = (message: string) => void pulumi.log.warn(message, parent);
  if (!isEncrypted(args)) {
    warn(
      "traffic to this load balancer is not encrypted; pass a certificateArn or a domain for HTTPS",
    );
    return;
  }
  const { sslPolicy = DEFAULT_SSL_POLICY, additionalCertificateArns = {} } = args;
  pulumi.output(sslPolicy).apply((policy) => {
    if (!isReported(policy)) return;
    warn(
      `sslPolicy ${policy} is one that Security Hub's control ELB.17 reports; ` +
        `it accepts ${DEFAULT_SSL_POLICY}, the default`,
    );
  });
  const count = Object.keys(additionalCertificateArns).length;
  if (count > MOST_ADDITIONAL_CERTIFICATES) {
    warn(
      `additionalCertificateArns has ${count} certificates; AWS takes ` +
        `${MOST_ADDITIONAL_CERTIFICATES} a load balancer unless it has raised that quota`,
    );
  }
}
