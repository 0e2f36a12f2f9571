import { AwsError, type Certificate, type AccountServices, type Listener } from "../aws";
import { type ActionContext, checkAction, checkAuthentication } from "./actions";
import { checkMutual, completedMutual } from "./mutualAuthentication";
import { DEFAULT_POLICY, versionsOf } from "./sslPolicies";

/** What a listener's settings are checked against. */
export interface ListenerContext extends ActionContext {
  readonly services: AccountServices;
  readonly others: readonly Listener[];
}

/** The certificate, if a listener can show it. */
export function usableCertificate(services: AccountServices, certificateArn: string): Certificate {
  const found = services.findCertificate(certificateArn);
  if (found === undefined) {
    throw new AwsError("CertificateNotFound", `Certificate '${certificateArn}' not found`);
  }
  if (found.status !== "ISSUED") {
    throw new AwsError(
      "UnsupportedCertificate",
      `The certificate '${certificateArn}' must have a fully-qualified domain name, a supported ` +
        "signature, and a supported key size.",
    );
  }
  return found;
}

function checkSecurity(
  services: AccountServices,
  { protocol, certificateArn, sslPolicy }: Listener,
): void {
  if (protocol === "HTTP") {
    if (certificateArn !== undefined || sslPolicy !== undefined) {
      throw new AwsError(
        "ValidationError",
        "A certificate or an SSL policy cannot be specified for HTTP listeners",
      );
    }
    return;
  }
  if (certificateArn === undefined) {
    throw new AwsError("ValidationError", "A certificate must be specified for HTTPS listeners");
  }
  usableCertificate(services, certificateArn);
  versionsOf(sslPolicy ?? DEFAULT_POLICY);
}

/** The settings with AWS's defaults in place of those that do not apply or were not given. */
export function completed(listener: Listener): Listener {
  const { sslPolicy, certificateArn, mutualAuthentication, ...rest } = structuredClone(listener);
  const mutual =
    rest.protocol === "HTTPS" ? completedMutual(mutualAuthentication) : mutualAuthentication;
  return {
    ...rest,
    ...(mutual ? { mutualAuthentication: mutual } : {}),
    ...(certificateArn ? { certificateArn } : {}),
    ...(sslPolicy ? { sslPolicy } : rest.protocol === "HTTPS" ? { sslPolicy: DEFAULT_POLICY } : {}),
  };
}

/** Refuses settings that AWS would refuse. */
export function checkListener(listener: Listener, context: ListenerContext): void {
  const { port, defaultAction } = listener;
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new AwsError(
      "ValidationError",
      `Listener port '${port}' must be between '1' and '65535'`,
    );
  }
  const duplicate = context.others.some(
    (other) => other.loadBalancerArn === listener.loadBalancerArn && other.port === port,
  );
  if (duplicate) {
    throw new AwsError(
      "DuplicateListener",
      `A listener already exists on this port for this load balancer '${listener.loadBalancerArn}'`,
    );
  }
  checkSecurity(context.services, listener);
  checkMutual(context.services, listener);
  checkAuthentication(listener.authenticate, listener);
  checkAction(defaultAction, listener, context);
}
