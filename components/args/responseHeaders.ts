import type * as pulumi from "@pulumi/pulumi";

/** The headers that the load balancer adds to its answers, in place of those of the same names. */
export interface ResponseHeadersArgs {
  /**
   * Strict-Transport-Security: for how long browsers speak HTTPS only, such as
   * `max-age=31536000; includeSubDomains`.
   *
   * Goes with HTTPS. To take it back, set `max-age=0`.
   */
  strictTransportSecurity?: pulumi.Input<string>;

  /** Content-Security-Policy: what pages may load and run, such as `default-src 'self'`. */
  contentSecurityPolicy?: pulumi.Input<string>;

  /** X-Content-Type-Options, whose only value is `nosniff`: browsers trust the content type that is sent. */
  contentTypeOptions?: pulumi.Input<string>;

  /** X-Frame-Options, `DENY`, `SAMEORIGIN` or `ALLOW-FROM` and an origin: who may frame the pages. */
  frameOptions?: pulumi.Input<string>;

  /** Access-Control-Allow-Origin: the origin whose scripts may read the answers, or `*`. */
  accessControlAllowOrigin?: pulumi.Input<string>;

  /** Access-Control-Allow-Methods: the methods that scripts of the origin may use, or `*`. */
  accessControlAllowMethods?: pulumi.Input<pulumi.Input<string>[]>;

  /** Access-Control-Allow-Headers: the headers that such scripts may send, or `*`. */
  accessControlAllowHeaders?: pulumi.Input<pulumi.Input<string>[]>;

  /** Access-Control-Expose-Headers: the headers that such scripts may read, or `*`. */
  accessControlExposeHeaders?: pulumi.Input<pulumi.Input<string>[]>;

  /** Access-Control-Allow-Credentials, if true: whether such scripts may send cookies. */
  accessControlAllowCredentials?: boolean;

  /** Access-Control-Max-Age: how long browsers keep these permissions, 0 to 86400 seconds. */
  accessControlMaxAge?: pulumi.Input<number>;

  /** Whether answers have a Server header; `awselb/2.0` where a target sends none. */
  server?: pulumi.Input<boolean>;
}
