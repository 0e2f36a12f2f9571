import type { AlarmsArgs } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";

const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;

const topic = checks.text(
  "the ARN of a standard SNS topic, not of a FIFO topic",
  (value) => TOPIC.test(value),
  'copy the ARN of a standard topic, "arn:aws:sns:<region>:<account>:<name>"',
);
const percent = checks.whole(1, 100, "percent");

/** The checks of the alarms and of the dashboard. */
export function alarmsChecks() {
  return {
    alarms: checks.object<AlarmsArgs>(
      {
        topicArns: checks.list(topic, "SNS topics", 1, 5),
        unhealthyHosts: checks.whole(1, 1000, "targets"),
        elb5xxPercent: percent,
        target5xxPercent: percent,
        // 4000 seconds is the longest idle timeout, after which the load balancer closes the connection.
        targetResponseTime: checks.whole(1, 4_000_000, "milliseconds"),
        rejectedConnections: checks.whole(1, 1_000_000, "connections"),
      },
      { required: ["topicArns"], defaults: DEFAULTS.Alarms },
    ),
    dashboard: checks.plain(checks.flag(), "it decides whether the dashboard is created"),
  };
}
