import type * as pulumi from "@pulumi/pulumi";

/** The attributes of the load balancer. */
export interface LoadBalancerAttributes {
  /**
   * How long a connection to a client or a target may be idle, in seconds.
   *
   * From 1 to 4000. If a target sends nothing for longer, the client gets 504. The keep-alive
   * timeout of the servers must be longer than this. Otherwise a server closes a connection that
   * the load balancer is about to use, and the client gets 502. Defaults to 60.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Connection idle timeout".
   */
  idleTimeout?: pulumi.Input<number>;

  /**
   * How long a client may keep its connection in total, in seconds.
   *
   * From 60 to 604800. After that time, the load balancer closes the connection with its next
   * response. Defaults to 3600.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "HTTP client keepalive duration".
   */
  clientKeepAlive?: pulumi.Input<number>;

  /**
   * The capacity that AWS keeps ready for the load balancer, in load balancer capacity units (LCUs).
   *
   * At least 100. AWS bills for the reserved units even if they are not used. AWS's quota for them
   * is 0 in each Region by default, so request a higher quota first. You can reserve more units at
   * any time, but fewer only twice a day. Defaults to none: the load balancer scales with its
   * traffic. If you remove this argument, the reservation ends.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/capacity-unit-reservation.html.
   */
  minimumCapacityUnits?: pulumi.Input<number>;

  /**
   * Whether the load balancer removes request headers with invalid names.
   *
   * A valid name has only letters, digits and hyphens. A name with an underscore is invalid.
   * Defaults to true, although AWS's own default is false: attackers use such names to get requests
   * past checks.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  dropInvalidHeaderFields?: pulumi.Input<boolean>;

  /**
   * What happens to requests that can be used for an HTTP desync attack (request smuggling).
   *
   * `monitor` passes them on. `defensive` refuses those that are known to be dangerous. `strictest`
   * refuses all that violate RFC 7230. Defaults to `defensive`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Desync mitigation mode".
   */
  desyncMitigationMode?: pulumi.Input<DesyncMitigationMode>;

  /**
   * What happens to the X-Forwarded-For header of a request.
   *
   * `append` adds the client's address, `preserve` passes the header on unchanged, and `remove`
   * removes it. Defaults to `append`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html, "X-Forwarded-For".
   */
  xffHeaderProcessingMode?: pulumi.Input<XffHeaderProcessingMode>;

  /**
   * Whether X-Forwarded-For contains the client's port as well as its address.
   *
   * Needs the `xffHeaderProcessingMode` `append`. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html, "X-Forwarded-For".
   */
  xffClientPort?: pulumi.Input<boolean>;

  /**
   * Whether targets receive the Host header exactly as the client sent it.
   *
   * Defaults to false: the load balancer converts it to lower case. With a listener on
   * port 80 or 443, it removes a port from the header. With any other port, it adds the listener's port
   * if the header has none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html, "Host header preservation".
   */
  preserveHostHeader?: pulumi.Input<boolean>;

  /**
   * Whether targets receive the TLS version and cipher suite of the client's connection.
   *
   * They are in the headers X-Amzn-Tls-Version and X-Amzn-Tls-Cipher-Suite. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  tlsVersionAndCipherSuiteHeaders?: pulumi.Input<boolean>;

  /**
   * Whether requests are passed on without a check when AWS WAF can't be reached.
   *
   * Defaults to false: clients get an error while AWS WAF can't be reached.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  wafFailOpen?: pulumi.Input<boolean>;

  /**
   * Whether Amazon Application Recovery Controller may shift traffic away from an Availability
   * Zone.
   *
   * Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/zonal-shift.html.
   */
  zonalShift?: pulumi.Input<boolean>;

  /**
   * Whether clients may use HTTP/2, which is possible over HTTPS only.
   *
   * Defaults to true.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html.
   */
  http2?: pulumi.Input<boolean>;
}

/** What happens to requests that two servers may understand in different ways. */
export const DesyncMitigationMode = {
  /** Pass such requests on to the targets, and count them in a metric of CloudWatch. */
  Monitor: "monitor",
  /** Refuse requests that are known to be dangerous. */
  Defensive: "defensive",
  /** Refuse all requests that violate RFC 7230. */
  Strictest: "strictest",
} as const;
export type DesyncMitigationMode = (typeof DesyncMitigationMode)[keyof typeof DesyncMitigationMode];

/** What happens to the X-Forwarded-For header of a request. */
export const XffHeaderProcessingMode = {
  /** Add the client's address. */
  Append: "append",
  /** Pass the header on unchanged. */
  Preserve: "preserve",
  /** Remove the header. */
  Remove: "remove",
} as const;
export type XffHeaderProcessingMode =
  (typeof XffHeaderProcessingMode)[keyof typeof XffHeaderProcessingMode];
