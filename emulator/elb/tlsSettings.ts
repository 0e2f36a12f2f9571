import { constants } from "node:crypto";
import type { SecureContextOptions } from "node:tls";
import type { AccountServices, Listener } from "../aws";
import { certificateFor, hostContext, type HostContext } from "./certificates";
import { type Admission, certificatesIn, passThrough, verifying } from "./clientCertificates";
import { usableCertificate } from "./listenerRules";
import { usableTrustStore } from "./mutualAuthentication";
import { DEFAULT_POLICY, versionsOf } from "./sslPolicies";

/** What a TLS socket shows to clients, and what it asks of them. */
export interface TlsSettings {
  /** With the default certificate. */
  readonly options: SecureContextOptions;
  readonly hosts: readonly HostContext[];
  /** Missing where clients are asked for no certificate. */
  readonly admit?: Admission;
}

/** The settings of an HTTPS listener with its certificates beside the default one. */
export async function tlsSettings(
  services: AccountServices,
  listener: Listener,
  certificateArns: Iterable<string>,
): Promise<TlsSettings | undefined> {
  const { certificateArn, sslPolicy = DEFAULT_POLICY } = listener;
  if (certificateArn === undefined) return undefined;
  const { admit, asking } = clientsOf(services, listener);
  const common = { ...versionsOf(sslPolicy), ...asking };
  const shown = [certificateArn, ...certificateArns].map((arn) => usableCertificate(services, arn));
  return {
    options: { ...(await certificateFor(shown[0])), ...common },
    hosts: await Promise.all(shown.map((one) => hostContext(one, common))),
    admit,
  };
}

interface Clients {
  readonly admit?: Admission;
  readonly asking?: SecureContextOptions;
}

function clientsOf(services: AccountServices, { mutualAuthentication }: Listener): Clients {
  if (mutualAuthentication === undefined || mutualAuthentication.mode === "off") return {};
  const { mode, trustStoreArn = "", ...settings } = mutualAuthentication;
  // Certificates are looked at in full handshakes only, as AWS resumes no session then.
  const secureOptions = constants.SSL_OP_NO_TICKET;
  if (mode === "passthrough") return { admit: passThrough, asking: { secureOptions, ca: [] } };
  const { caCertificates } = usableTrustStore(services, trustStoreArn);
  // To node:tls the authorities that it knows are those that it tells clients of.
  const ca = settings.advertiseTrustStoreCaNames === "on" ? [caCertificates] : [];
  const ignoresExpiry = settings.ignoreClientCertificateExpiry === true;
  return {
    admit: verifying(certificatesIn(caCertificates), ignoresExpiry),
    asking: { secureOptions, ca },
  };
}
