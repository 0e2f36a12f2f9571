import {
  AwsError,
  type AccountServices,
  type Listener,
  type MutualAuthentication,
  type TrustStore,
} from "../aws";

/** The settings of an HTTPS listener with AWS's defaults for those that were not given. */
export function completedMutual(
  given: MutualAuthentication = { mode: "off" },
): MutualAuthentication {
  if (given.mode !== "verify") return given;
  return { ignoreClientCertificateExpiry: false, advertiseTrustStoreCaNames: "off", ...given };
}

/** Refuses what AWS would refuse, in words that are inferred. */
export function checkMutual(
  services: AccountServices,
  { protocol, mutualAuthentication }: Listener,
): void {
  if (mutualAuthentication === undefined) return;
  const refuse = (message: string) => {
    throw new AwsError("ValidationError", message);
  };
  const { mode, trustStoreArn, ...others } = mutualAuthentication;
  if (protocol === "HTTP") refuse("Mutual authentication cannot be specified for HTTP listeners");
  if (mode === "verify") {
    if (trustStoreArn === undefined) {
      refuse("A trust store must be specified for mutual authentication mode 'verify'");
    } else {
      usableTrustStore(services, trustStoreArn);
    }
    return;
  }
  if (trustStoreArn !== undefined) {
    refuse(`A trust store cannot be specified for mutual authentication mode '${mode}'`);
  }
  if (others.ignoreClientCertificateExpiry === true || others.advertiseTrustStoreCaNames === "on") {
    refuse(`Trust store settings cannot be specified for mutual authentication mode '${mode}'`);
  }
}

export function usableTrustStore(services: AccountServices, trustStoreArn: string): TrustStore {
  const found = services.findTrustStore(trustStoreArn);
  if (found === undefined) {
    throw new AwsError("TrustStoreNotFound", `Trust store '${trustStoreArn}' not found`);
  }
  return found;
}
