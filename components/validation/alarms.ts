import { DEFAULTS } from "../defaults";
import * as rules from "../rules";

const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;

const topic = rules.text(
  "the ARN of a standard SNS topic",
  (value) => TOPIC.test(value),
  'copy it from the topic, "arn:aws:sns:<region>:<account>:<name>"',
);
const percent = rules.whole(1, 100, "percent");

/** What watches over the group. */
export function alarmsRules(): Record<string, rules.Rule> {
  return {
    alarms: rules.object(
      {
        topicArns: rules.list(topic, "SNS topics", 1, 5),
        unhealthyHosts: rules.whole(1, 1000, "targets"),
        elb5xxPercent: percent,
        target5xxPercent: percent,
        // Four thousand seconds is the longest idle timeout, after which the load balancer gives up.
        targetResponseTime: rules.whole(1, 4_000_000, "milliseconds"),
        rejectedConnections: rules.whole(1, 1_000_000, "connections"),
      },
      { required: ["topicArns"], defaults: DEFAULTS.Alarms },
    ),
    dashboard: rules.plain(rules.flag(), "it decides whether there is one"),
  };
}
