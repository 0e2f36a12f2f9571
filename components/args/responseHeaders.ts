import type * as pulumi from "@pulumi/pulumi";

/**
 * The headers that the load balancer adds to responses. They replace headers with the same names.
 * A header that is left out is not added. If you remove it later, AWS keeps it.
 */
export interface ResponseHeadersArgs {
  /**
   * Strict-Transport-Security: how long browsers use only HTTPS, such as `max-age=31536000;
   * includeSubDomains`.
   *
   * Needs HTTPS. To remove its effect, set `max-age=0`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  strictTransportSecurity?: pulumi.Input<string>;

  /**
   * Content-Security-Policy: what pages may load and run, such as `default-src 'self'`.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  contentSecurityPolicy?: pulumi.Input<string>;

  /**
   * X-Content-Type-Options: browsers don't guess another content type. The only value is `nosniff`.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  contentTypeOptions?: pulumi.Input<string>;

  /**
   * X-Frame-Options: who may show the pages in a frame. `DENY`, `SAMEORIGIN`, or `ALLOW-FROM` and
   * an origin. Current browsers ignore a header with `ALLOW-FROM`.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  frameOptions?: pulumi.Input<string>;

  /**
   * Access-Control-Allow-Origin: the origin whose scripts may read the responses, or `*`.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  accessControlAllowOrigin?: pulumi.Input<string>;

  /**
   * Access-Control-Allow-Methods: the methods that scripts of the allowed origin may use, such as
   * `GET` and `POST`, or a single `*` for all.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  accessControlAllowMethods?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Access-Control-Allow-Headers: the headers that scripts of the allowed origin may send, or a single
   * `*` for all.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  accessControlAllowHeaders?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Access-Control-Expose-Headers: the headers that scripts of the allowed origin may read, or a
   * single `*` for all.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  accessControlExposeHeaders?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Access-Control-Allow-Credentials: whether scripts of the allowed origin may send cookies.
   *
   * Responses have this header only if this argument is true.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  accessControlAllowCredentials?: boolean;

  /**
   * Access-Control-Max-Age: how long browsers keep the answer to a CORS preflight request, 0 to 86400 seconds.
   *
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  accessControlMaxAge?: pulumi.Input<number>;

  /**
   * Whether responses have a Server header. It is `awselb/2.0` if the target sends none.
   *
   * Defaults to true.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html.
   */
  server?: pulumi.Input<boolean>;
}
