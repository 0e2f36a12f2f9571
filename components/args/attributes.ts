import type * as pulumi from "@pulumi/pulumi";

/** How the load balancer treats connections and requests: its attributes, by the provider's names. */
export interface LoadBalancerAttributes {
  /**
   * For how long a connection to a client or a target may be silent, in seconds from 1 to 4000.
   *
   * A target that stays silent for longer is answered for with 504. Keep it below the keep-alive of
   * the targets' own servers, which otherwise close connections that are about to be used: 502.
   * Defaults to 60.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Connection idle timeout".
   */
  idleTimeout?: pulumi.Input<number>;

  /**
   * For how long a client may keep its connection in all, in seconds from 60 to 604800.
   *
   * It ends with the answer to the next request after that time. Defaults to 3600.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "HTTP client keepalive duration".
   */
  clientKeepAlive?: pulumi.Input<number>;

  /**
   * Whether request headers whose names have other characters than letters, digits and hyphens are
   * left out instead of passed on, underscores among them.
   *
   * Defaults to true, other than in AWS: such names are a way to smuggle requests past checks.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  dropInvalidHeaderFields?: pulumi.Input<boolean>;

  /**
   * What happens to requests that could be understood in two ways, and so be used for an attack.
   *
   * `monitor` passes them on, `defensive` refuses those that are known as dangerous, `strictest` all
   * that break RFC 7230. Defaults to `defensive`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Desync mitigation mode".
   */
  desyncMitigationMode?: pulumi.Input<DesyncMitigationMode>;

  /**
   * What becomes of the X-Forwarded-For header that a client sends.
   *
   * `append` adds the client's address, `preserve` passes it on as it is, `remove` leaves it out.
   * Defaults to `append`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html, "X-Forwarded-For".
   */
  xffHeaderProcessingMode?: pulumi.Input<XffHeaderProcessingMode>;

  /**
   * Whether X-Forwarded-For tells the client's port beside its address.
   *
   * Goes with the xffHeaderProcessingMode `append` only. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html, "X-Forwarded-For".
   */
  xffClientPort?: pulumi.Input<boolean>;

  /**
   * Whether targets see the Host header exactly as the client has sent it.
   *
   * Defaults to false: it is in lower case, with the port where that is neither 80 nor 443.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Host header preservation".
   */
  preserveHostHeader?: pulumi.Input<boolean>;

  /**
   * Whether targets are told how the client's connection is encrypted, in the headers
   * X-Amzn-Tls-Version and X-Amzn-Tls-Cipher-Suite.
   *
   * Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  tlsVersionAndCipherSuiteHeaders?: pulumi.Input<boolean>;

  /**
   * Whether requests are passed on unchecked when AWS WAF can't be reached, instead of answered
   * with an error.
   *
   * Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  wafFailOpen?: pulumi.Input<boolean>;

  /**
   * Whether traffic may be moved out of an Availability Zone by Amazon Application Recovery
   * Controller.
   *
   * Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/zonal-shift.html.
   */
  zonalShift?: pulumi.Input<boolean>;

  /**
   * Whether clients may speak HTTP/2, which they do over HTTPS only.
   *
   * Defaults to true.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  http2?: pulumi.Input<boolean>;
}

/** What happens to requests that could be understood in two ways. */
export const DesyncMitigationMode = {
  /** They are passed on, and counted. */
  Monitor: "monitor",
  /** Those that are known as dangerous are refused. */
  Defensive: "defensive",
  /** All that break RFC 7230 are refused. */
  Strictest: "strictest",
} as const;
export type DesyncMitigationMode = (typeof DesyncMitigationMode)[keyof typeof DesyncMitigationMode];

/** What becomes of the X-Forwarded-For header that a client sends. */
export const XffHeaderProcessingMode = {
  /** The client's address is added. */
  Append: "append",
  /** It is passed on as it is. */
  Preserve: "preserve",
  /** It is left out. */
  Remove: "remove",
} as const;
export type XffHeaderProcessingMode =
  (typeof XffHeaderProcessingMode)[keyof typeof XffHeaderProcessingMode];
