import type * as pulumi from "@pulumi/pulumi";

/** The hosted zones in Route 53 in which the records of names are created. */
export interface DomainZoneArgs {
  /**
   * The ID of the hosted zone in Route 53 that contains the names.
   *
   * The zone is looked up at preview. It must be public, unless `validationZoneId` or
   * `certificateArn` is set: a private zone can't validate a certificate. Defaults to none, for DNS
   * in another account or at another DNS provider: create there the records that the output
   * `domainRecords` lists. An update with a new certificate shows the certificate's records in
   * warnings, and waits up to 75 minutes for you to create them. If that is too short, create them
   * later and run `pulumi up` again.
   * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html.
   */
  zoneId?: pulumi.Input<string>;

  /**
   * The ID of another hosted zone, in which the records that validate the certificate are created.
   *
   * For names in a private zone: the ID of the public zone that contains them. The zone is looked up at
   * preview. Defaults to `zoneId`.
   * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html.
   */
  validationZoneId?: pulumi.Input<string>;
}

/** The DNS names of the group, and the hosted zones that contain them. */
export interface DomainArgs extends DomainZoneArgs {
  /**
   * The main DNS name, such as `www.example.com`: the certificate's common name, and the host in the
   * output `url`.
   *
   * In lower case, at most 64 characters. Must be known at preview, because records are named after
   * it. A hosted zone can have only one record with simple routing for a name and type: if another
   * group has the record, first remove the name from that group in a separate update.
   * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html.
   */
  name: string;

  /**
   * Further DNS names, for the certificate and for records.
   *
   * `*.example.com` matches all names one level below `example.com`. ACM accepts 9 further names, a
   * quota that AWS can raise on request. Must be known at preview, because records are named
   * after them. Defaults to none.
   * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html.
   */
  alternativeNames?: string[];

  /**
   * Further hosted zones. The key is the name of the zone, such as `example.org`.
   *
   * If several keys fit a name, the longest one is used. Names that fit no key are in `zoneId`. For
   * a domain whose DNS is not in Route 53, or is in another account, give its key an empty object,
   * such as `{ "example.org": {} }`. The keys must be known at preview, because they decide which
   * records are created. Defaults to none.
   * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html.
   */
  zones?: { [domain: string]: DomainZoneArgs };

  /**
   * The key algorithms of the certificate: a certificate is requested for each.
   *
   * The first is the default certificate, for clients that send no host name. If there are several,
   * a client that sends a host name gets the best certificate that it can use. ECDSA
   * (`EC_prime256v1`, `EC_secp384r1`) needs less time in the handshake; some old clients know only
   * RSA. Must be known at preview, because the algorithms decide which certificates are requested.
   * Defaults to `RSA_2048` only.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html.
   */
  keyAlgorithms?: KeyAlgorithm[];
}

/** The algorithm of a certificate's key. */
export const KeyAlgorithm = {
  Rsa2048: "RSA_2048",
  EcPrime256v1: "EC_prime256v1",
  EcSecp384r1: "EC_secp384r1",
} as const;
export type KeyAlgorithm = (typeof KeyAlgorithm)[keyof typeof KeyAlgorithm];

/** A DNS record that the group needs and does not create, because its hosted zone is not given. */
export interface DomainRecord {
  /** The full name of the record, without a dot at its end. */
  name: string;
  /** The type of the record. */
  type: string;
  /** The value of the record. */
  value: string;
}
