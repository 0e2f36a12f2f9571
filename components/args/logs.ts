import type * as pulumi from "@pulumi/pulumi";

/** What the load balancer writes to S3. */
export interface LoggingArgs {
  /**
   * The access logs: one line for each request.
   *
   * Logs without a `bucket` go to one that is made here for all of them, with the policy that lets
   * Elastic Load Balancing write. It is encrypted with SSE-S3 keys, closed to the public, and kept
   * when the group is destroyed or no longer names it, since S3 deletes no bucket that holds logs.
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html.
   */
  accessLogs?: LogsArgs;

  /**
   * The connection logs: one line for each TLS connection, with its certificate and cipher.
   *
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html.
   */
  connectionLogs?: LogsArgs;

  /**
   * The health check logs: why each check of a target has failed.
   *
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html.
   */
  healthCheckLogs?: LogsArgs;

  /**
   * After how many days logs in the bucket made here are deleted.
   *
   * For logs without a `bucket` only. Defaults to 365: the year for which PCI DSS (10.5.1) has audit
   * logs kept.
   * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html.
   */
  logExpirationDays?: pulumi.Input<number>;
}

/** Where logs of one kind are written. */
export interface LogsArgs {
  /**
   * The S3 bucket: in the load balancer's region, encrypted with SSE-S3 keys, with a policy that
   * lets Elastic Load Balancing write to it.
   *
   * Whether there is one is plain; its name may be an output. Defaults to one that is made here.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.
   */
  bucket?: pulumi.Input<string>;

  /**
   * The path in the bucket, which does not contain `AWSLogs`.
   *
   * Defaults to the bucket's root, where files of different logs don't get in each other's way.
   */
  prefix?: pulumi.Input<string>;

  /**
   * Whether logs are written.
   *
   * To stop them, set it to false: leaving the argument out altogether changes nothing on AWS.
   * Defaults to true.
   */
  enabled?: pulumi.Input<boolean>;
}
