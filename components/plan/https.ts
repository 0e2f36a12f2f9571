import type { LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";

const { port: HTTP_PORT } = DEFAULTS.LoadBalancedGroup;

/** Where HTTPS is served, here and by everyone. */
export const HTTPS_PORT = 443;

/** Whether clients are served by HTTPS. */
export const isEncrypted = ({ certificateArn, domain }: CertificateArgs) =>
  certificateArn !== undefined || domain !== undefined;

/** What brings a certificate, in arguments that may still be wrong. */
type CertificateArgs = Readonly<Partial<Record<"certificateArn" | "domain", unknown>>>;

/** The ports on which clients are served. */
export function listenerPorts(args: LoadBalancedGroupArgs): number[] {
  const { port = HTTP_PORT, httpsOnly = false } = args;
  if (!isEncrypted(args)) return [port];
  return httpsOnly ? [HTTPS_PORT] : [port, HTTPS_PORT];
}

/** Where clients find the group. */
export function urlOf(dnsName: string | undefined, args: LoadBalancedGroupArgs): string {
  const { port = HTTP_PORT, domain } = args;
  if (domain !== undefined) return `https://${domain.name}`;
  // The name has the capitals of the load balancer's, and identity providers compare URLs as texts.
  // A unit test's mocks may give none.
  const host = dnsName?.toLowerCase() ?? "";
  if (isEncrypted(args)) return `https://${host}`;
  return port === HTTP_PORT ? `http://${host}` : `http://${host}:${port}`;
}
