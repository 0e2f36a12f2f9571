import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "./args";
import { DEFAULT_SSL_POLICY, isReported } from "./sslPolicies";

/** Where HTTPS is served, here and by everyone. */
export const HTTPS_PORT = 443;

/** Whether clients are served by HTTPS. */
export const isEncrypted = ({ certificateArn, domain }: Certified) =>
  certificateArn !== undefined || domain !== undefined;

/** What brings a certificate, in arguments that may still be wrong. */
type Certified = Readonly<Partial<Record<"certificateArn" | "domain", unknown>>>;

/** Warns of what AWS takes and a security baseline may not. */
export function warnOfEncryption(args: LoadBalancedGroupArgs, parent: pulumi.Resource): void {
  const warn = (message: string) => void pulumi.log.warn(message, parent);
  if (!isEncrypted(args)) {
    warn(
      "traffic to this load balancer is not encrypted; pass a certificateArn or a domain for HTTPS",
    );
    return;
  }
  const { sslPolicy = DEFAULT_SSL_POLICY } = args;
  pulumi.output(sslPolicy).apply((policy) => {
    if (!isReported(policy)) return;
    warn(
      `sslPolicy ${policy} is one that Security Hub's control ELB.17 reports; ` +
        `it accepts ${DEFAULT_SSL_POLICY}, the default`,
    );
  });
}
