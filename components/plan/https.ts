import type { LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";

const { port: HTTP_PORT, httpsPort: HTTPS_PORT } = DEFAULTS.LoadBalancedGroup;

/** Whether there is an HTTPS listener. */
export const isEncrypted = ({ certificateArn, domain }: CertificateArgs) =>
  certificateArn !== undefined || domain !== undefined;

/** The arguments that give a certificate. They may not have been checked yet. */
type CertificateArgs = Readonly<Partial<Record<"certificateArn" | "domain", unknown>>>;

/**
 * The URL for clients. No certificate covers the DNS name of the load balancer, so HTTPS needs a domain name. Without
 * one, it is the URL of the HTTP listener, or an empty string if there is none.
 */
export function urlOf(dnsName: string | undefined, args: LoadBalancedGroupArgs): string {
  const { port = HTTP_PORT, httpsPort = HTTPS_PORT, domain, httpsOnly = false } = args;
  if (domain !== undefined) {
    return `https://${domain.name}${httpsPort === HTTPS_PORT ? "" : `:${httpsPort}`}`;
  }
  if (httpsOnly) return "";
  // The DNS name has the upper-case letters of the load balancer's name, but identity providers compare URLs
  // as texts. Mocks in unit tests may give no name.
  const host = dnsName?.toLowerCase() ?? "";
  return port === HTTP_PORT ? `http://${host}` : `http://${host}:${port}`;
}
