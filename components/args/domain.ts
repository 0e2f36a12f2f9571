import type * as pulumi from "@pulumi/pulumi";

/** The names under which clients find the group, and where they are kept. */
export interface DomainArgs {
  /**
   * The name that the certificate is issued for, and in `url`, such as `www.example.com`.
   *
   * In lower case, of at most 64 characters. Plain, since it names the certificate and the records.
   * Source: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html.
   */
  name: string;

  /**
   * The public hosted zone in Route 53 in which the names lie, which is asked for at preview.
   */
  zoneId: pulumi.Input<string>;

  /**
   * Further names of the certificate, which get records too; `*.example.com` stands for all names below
   * `example.com`.
   *
   * ACM takes 9 of them, a quota that it raises on request. Plain, as `name` is. Defaults to none.
   */
  alternativeNames?: string[];
}
