import type * as pulumi from "@pulumi/pulumi";

/** What the load balancer logs to S3. */
export interface LoggingArgs {
  /**
   * The access logs: one line for each request.
   *
   * Logs without a `bucket` go to one bucket that this component creates for all of them. Its
   * policy lets Elastic Load Balancing write to it, it is encrypted with SSE-S3 keys, and it blocks
   * public access. Pulumi keeps the bucket when the group is destroyed or no longer uses it,
   * because S3 does not delete a bucket that contains logs: delete it yourself when you no longer
   * need the logs. Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html.
   */
  accessLogs?: LogsArgs;

  /**
   * The connection logs: one line for each connection of a client, with its TLS cipher and
   * certificate.
   *
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html.
   */
  connectionLogs?: LogsArgs;

  /**
   * The health check logs: the results of the targets' health checks, and why checks failed.
   *
   * Defaults to none.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-health-check-logs.html.
   */
  healthCheckLogs?: LogsArgs;

  /**
   * The number of days after which logs are deleted from the bucket that this component creates.
   *
   * At least 1. Applies only to logs for which `bucket` is not set. Defaults to 365: requirement
   * 10.5.1 of PCI DSS is to keep audit logs for a year.
   * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html.
   */
  logExpirationDays?: pulumi.Input<number>;
}

/** Where logs of one kind are written. */
export interface LogsArgs {
  /**
   * The name of an S3 bucket in the load balancer's region.
   *
   * It must be encrypted with SSE-S3 keys, and its policy must let Elastic Load Balancing write to
   * it. If the name is not an output, the preview checks that the bucket exists. If this program
   * creates the bucket, pass its output. Whether you set this must be known at preview; the name
   * may be an output. Defaults to a bucket that this component creates.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.
   */
  bucket?: pulumi.Input<string>;

  /**
   * The path in the bucket. It can't contain `AWSLogs`, or start or end with a slash.
   *
   * Defaults to the bucket's root. Files of different kinds of logs have different names there.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.
   */
  prefix?: pulumi.Input<string>;

  /**
   * Whether logs are written.
   *
   * To stop the logs, set this to false, or remove the logs from the arguments. Defaults to true.
   * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html.
   */
  enabled?: pulumi.Input<boolean>;
}
