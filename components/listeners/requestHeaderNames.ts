import type * as lb from "@pulumi/aws/lb";
import type { RequestHeaderNamesArgs } from "../args";
import type { ListenerSettings } from "../plan/listeners";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html */
export const NAMES_OF_AWS: Readonly<Record<keyof RequestHeaderNamesArgs, string>> = {
  clientCertificate: "X-Amzn-Mtls-Clientcert",
  clientCertificateLeaf: "X-Amzn-Mtls-Clientcert-Leaf",
  clientCertificateIssuer: "X-Amzn-Mtls-Clientcert-Issuer",
  clientCertificateSubject: "X-Amzn-Mtls-Clientcert-Subject",
  clientCertificateSerialNumber: "X-Amzn-Mtls-Clientcert-Serial-Number",
  clientCertificateValidity: "X-Amzn-Mtls-Clientcert-Validity",
  tlsVersion: "X-Amzn-Tls-Version",
  tlsCipherSuite: "X-Amzn-Tls-Cipher-Suite",
};

/**
 * The listener attributes for names of headers.
 *
 * The AWS provider can't remove a name, so a header that is left out gets AWS's name: otherwise AWS would keep the
 * last one, which may now be the name of another header.
 */
export function requestHeaderNamesOf({
  requestHeaderNames: names,
}: ListenerSettings): Partial<lb.ListenerArgs> {
  if (names === undefined) return {};
  const nameOf = (key: keyof RequestHeaderNamesArgs) => names[key] ?? NAMES_OF_AWS[key];
  return {
    routingHttpRequestXAmznMtlsClientcertHeaderName: nameOf("clientCertificate"),
    routingHttpRequestXAmznMtlsClientcertLeafHeaderName: nameOf("clientCertificateLeaf"),
    routingHttpRequestXAmznMtlsClientcertIssuerHeaderName: nameOf("clientCertificateIssuer"),
    routingHttpRequestXAmznMtlsClientcertSubjectHeaderName: nameOf("clientCertificateSubject"),
    routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName: nameOf(
      "clientCertificateSerialNumber",
    ),
    routingHttpRequestXAmznMtlsClientcertValidityHeaderName: nameOf("clientCertificateValidity"),
    routingHttpRequestXAmznTlsVersionHeaderName: nameOf("tlsVersion"),
    routingHttpRequestXAmznTlsCipherSuiteHeaderName: nameOf("tlsCipherSuite"),
  };
}
