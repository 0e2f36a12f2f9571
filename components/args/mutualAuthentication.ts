import type * as pulumi from "@pulumi/pulumi";

/** Whether clients of the HTTPS listener show a certificate too, and who looks at it. */
export interface MutualAuthenticationArgs {
  /**
   * What the load balancer does with clients' certificates.
   *
   * Plain, since the other settings hang on it. Clients without a certificate, or with one that the
   * trust store does not answer for, get no connection with `verify`; with `passthrough` it is the
   * targets that decide.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html.
   */
  mode: MutualAuthenticationMode;

  /**
   * The trust store with the certificate authorities that clients' certificates may come from.
   *
   * Required for `verify`, and only for it; in the load balancer's region.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/configuring-mtls-with-elb.html.
   */
  trustStoreArn?: pulumi.Input<string>;

  /**
   * Whether clients whose certificates have expired are served all the same.
   *
   * Only with `verify`. Defaults to false.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html.
   */
  ignoreClientCertificateExpiry?: pulumi.Input<boolean>;

  /**
   * Whether clients are told the names of the trust store's authorities, by which they choose among
   * their certificates.
   *
   * Only with `verify`. By default off. What was set once stays when it is left out again: to undo it,
   * write off.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html, "Advertise Certificate Authority (CA) subject name".
   */
  advertiseTrustStoreCaNames?: pulumi.Input<AdvertiseTrustStoreCaNames>;
}

/** What the load balancer does with clients' certificates. */
export const MutualAuthenticationMode = {
  /** It does not ask for them. */
  Off: "off",
  /** It passes them on to the targets, unjudged. */
  Passthrough: "passthrough",
  /** It verifies them by a trust store, and tells the targets what they say. */
  Verify: "verify",
} as const;
export type MutualAuthenticationMode =
  (typeof MutualAuthenticationMode)[keyof typeof MutualAuthenticationMode];

/** Whether clients are told the names of the trust store's authorities. */
export const AdvertiseTrustStoreCaNames = { Off: "off", On: "on" } as const;
export type AdvertiseTrustStoreCaNames =
  (typeof AdvertiseTrustStoreCaNames)[keyof typeof AdvertiseTrustStoreCaNames];
