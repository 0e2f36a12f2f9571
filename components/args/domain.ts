import type * as pulumi from "@pulumi/pulumi";

/** The DNS names of the group, and the hosted zone that contains them. */
export interface DomainArgs {
  /**
   * The main DNS name, such as `www.example.com`: the certificate's common name, and the host in the
   * output `url`.
   *
   * In lower case, at most 64 characters. Must be known at preview, because records are named after
   * it. A hosted zone has only one record of a name and type: if another group has the record, first
   * remove the name from that group in a separate update.
   * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html.
   */
  name: string;

  /**
   * The ID of the public hosted zone in Route 53 that contains the names.
   *
   * The zone is looked up at preview.
   * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html.
   */
  zoneId: pulumi.Input<string>;

  /**
   * Further DNS names, for the certificate and for records.
   *
   * `*.example.com` matches all names one level below `example.com`. ACM accepts 9 further names, a
   * quota that AWS can raise on request. Must be known at preview, because records are named
   * after them. Defaults to none.
   * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html.
   */
  alternativeNames?: string[];
}
