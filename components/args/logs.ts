import type * as pulumi from "@pulumi/pulumi";

/** Where the load balancer writes its access logs. */
export interface AccessLogsArgs {
  /**
   * The S3 bucket: in the load balancer's region, encrypted with SSE-S3 keys, with a policy that
   * lets Elastic Load Balancing write to it.
   *
   * Source: application/enable-access-logging.html.
   */
  bucket: pulumi.Input<string>;

  /**
   * The path in the bucket, which does not contain `AWSLogs`.
   *
   * Defaults to the bucket's root.
   */
  prefix?: pulumi.Input<string>;
}
