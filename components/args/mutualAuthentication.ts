import type * as pulumi from "@pulumi/pulumi";

/**
 * Mutual TLS: whether clients of the HTTPS listener need a certificate too, and who verifies it.
 */
export interface MutualAuthenticationArgs {
  /**
   * What the load balancer does with the certificates of clients.
   *
   * With `off`, it does not ask for them. With `passthrough`, it passes them on to the targets,
   * which decide. With `verify`, clients need a certificate that the trust store accepts, or they
   * get no connection. Must be known at preview, because the other settings depend on it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html.
   */
  mode: MutualAuthenticationMode;

  /**
   * The ARN of the trust store, with the certificate authorities that may issue certificates of
   * clients.
   *
   * In the load balancer's region. Required for the mode `verify`, and allowed only with it.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/configuring-mtls-with-elb.html.
   */
  trustStoreArn?: pulumi.Input<string>;

  /**
   * Whether clients with expired certificates are accepted.
   *
   * Needs the mode `verify`. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html.
   */
  ignoreClientCertificateExpiry?: pulumi.Input<boolean>;

  /**
   * Whether clients receive the names of the trust store's authorities, so that they can choose a
   * certificate.
   *
   * Needs the mode `verify`. Defaults to `off`.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html, "Advertise Certificate Authority (CA) subject name".
   */
  advertiseTrustStoreCaNames?: pulumi.Input<AdvertiseTrustStoreCaNames>;
}

/** What the load balancer does with the certificates of clients. */
export const MutualAuthenticationMode = {
  /** The load balancer does not ask clients for certificates. */
  Off: "off",
  /** The load balancer passes the certificates of clients on to the targets without a check. */
  Passthrough: "passthrough",
  /**
   * The load balancer verifies the certificates of clients with a trust store, and passes their
   * contents on to the targets.
   */
  Verify: "verify",
} as const;
export type MutualAuthenticationMode =
  (typeof MutualAuthenticationMode)[keyof typeof MutualAuthenticationMode];

/** Whether clients receive the names of the trust store's authorities. */
export const AdvertiseTrustStoreCaNames = { Off: "off", On: "on" } as const;
export type AdvertiseTrustStoreCaNames =
  (typeof AdvertiseTrustStoreCaNames)[keyof typeof AdvertiseTrustStoreCaNames];
