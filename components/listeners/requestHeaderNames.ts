import type * as lb from "@pulumi/aws/lb";
import type { ListenerSettings } from "../plan/listeners";

/** The listener attributes for names of headers. A name that is left out is not sent, because the provider can't remove one. */
export function requestHeaderNamesOf({
  requestHeaderNames: names = {},
}: ListenerSettings): Partial<lb.ListenerArgs> {
  return {
    routingHttpRequestXAmznMtlsClientcertHeaderName: names.clientCertificate,
    routingHttpRequestXAmznMtlsClientcertLeafHeaderName: names.clientCertificateLeaf,
    routingHttpRequestXAmznMtlsClientcertIssuerHeaderName: names.clientCertificateIssuer,
    routingHttpRequestXAmznMtlsClientcertSubjectHeaderName: names.clientCertificateSubject,
    routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName:
      names.clientCertificateSerialNumber,
    routingHttpRequestXAmznMtlsClientcertValidityHeaderName: names.clientCertificateValidity,
    routingHttpRequestXAmznTlsVersionHeaderName: names.tlsVersion,
    routingHttpRequestXAmznTlsCipherSuiteHeaderName: names.tlsCipherSuite,
  };
}
