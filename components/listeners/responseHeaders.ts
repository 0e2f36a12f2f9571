import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import { DEFAULTS } from "../args/defaults";

/**
 * The listener attributes for response headers. A header that is left out is not sent, because the provider can't
 * remove one.
 */
export function responseHeadersOf({
  responseHeaders: headers = {},
}: Pick<LoadBalancedGroupArgs, "responseHeaders">): Partial<lb.ListenerArgs> {
  const { accessControlMaxAge: maxAge } = headers;
  return {
    routingHttpResponseStrictTransportSecurityHeaderValue: headers.strictTransportSecurity,
    routingHttpResponseContentSecurityPolicyHeaderValue: headers.contentSecurityPolicy,
    routingHttpResponseXContentTypeOptionsHeaderValue: headers.contentTypeOptions,
    routingHttpResponseXFrameOptionsHeaderValue: headers.frameOptions,
    routingHttpResponseAccessControlAllowOriginHeaderValue: headers.accessControlAllowOrigin,
    routingHttpResponseAccessControlAllowMethodsHeaderValue: listed(
      headers.accessControlAllowMethods,
    ),
    routingHttpResponseAccessControlAllowHeadersHeaderValue: listed(
      headers.accessControlAllowHeaders,
    ),
    routingHttpResponseAccessControlExposeHeadersHeaderValue: listed(
      headers.accessControlExposeHeaders,
    ),
    routingHttpResponseAccessControlAllowCredentialsHeaderValue:
      headers.accessControlAllowCredentials === true ? "true" : undefined,
    routingHttpResponseAccessControlMaxAgeHeaderValue:
      maxAge === undefined ? undefined : pulumi.output(maxAge).apply(String),
    routingHttpResponseServerEnabled: headers.server ?? DEFAULTS.ResponseHeaders.server,
  };
}

function listed(values: pulumi.Input<pulumi.Input<string>[]> | undefined) {
  return values === undefined
    ? undefined
    : pulumi.output(values).apply((known) => known.join(", "));
}
