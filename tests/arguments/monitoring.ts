import type { ProblemCode } from "../../components/checks";
import { bad, maps, type ArgumentTable } from "./table";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const five = ["a", "b", "c", "d", "e"].map((name) => TOPIC + name);
const topics = (topicArns: unknown) => ({ alarms: { topicArns } });
const inAlarms = (path: string, code: ProblemCode, value: unknown, ...says: string[]) =>
  bad(`alarms.${path}`, code, { alarms: { topicArns: [TOPIC], [path]: value } }, ...says);
const ALARMS = topics([TOPIC]);

/** What watches over the group. */
export const MONITORING: ArgumentTable = {
  good: [
    ["alarms for one topic", { alarms: { topicArns: [TOPIC] } }],
    ["alarms for five topics", { alarms: { topicArns: five } }],
    ["a topic of GovCloud", { alarms: { topicArns: [TOPIC.replace("aws", "aws-us-gov")] } }],
    [
      "the lowest thresholds",
      {
        alarms: {
          topicArns: [TOPIC],
          unhealthyHosts: 1,
          elb5xxPercent: 1,
          target5xxPercent: 1,
          targetResponseTime: 1,
          rejectedConnections: 1,
        },
      },
    ],
    [
      "the highest thresholds",
      {
        alarms: {
          topicArns: [TOPIC],
          unhealthyHosts: 1000,
          elb5xxPercent: 100,
          target5xxPercent: 100,
          targetResponseTime: 4_000_000,
          rejectedConnections: 1_000_000,
        },
      },
    ],
    ["a dashboard", { dashboard: true }],
  ],
  bad: [
    bad("alarms", "type", { alarms: true }, "got true", "topicArns"),
    bad("alarms.topicArns", "required", { alarms: {} }),
    bad("alarms.topicArns", "too-few", topics([]), "1 to 5 SNS topics", "got []"),
    bad("alarms.topicArns[5]", "too-many", topics([...five, `${TOPIC}f`]), "at most 5 SNS topics"),
    bad("alarms.topicArns", "type", topics(TOPIC), "brackets"),
    bad("alarms.topicArns[0]", "format", topics(["on-call"]), "ARN", '"on-call"', "copy it"),
    bad("alarms.topicArns[0]", "format", topics([`${TOPIC}.fifo`]), "standard SNS topic"),
    inAlarms("unhealthyHosts", "range", 0, "1 to 1000", "got 0"),
    inAlarms("unhealthyHosts", "range", 1001, "1 to 1000", "got 1001"),
    inAlarms("elb5xxPercent", "range", 0, "1 to 100", "got 0"),
    inAlarms("elb5xxPercent", "range", 101, "1 to 100", "got 101"),
    inAlarms("target5xxPercent", "range", 0, "1 to 100", "got 0"),
    inAlarms("target5xxPercent", "range", 101, "1 to 100", "got 101"),
    inAlarms("targetResponseTime", "range", 0, "milliseconds", "got 0"),
    inAlarms("targetResponseTime", "range", 4_000_001, "1 to 4000000", "got 4000001"),
    inAlarms("rejectedConnections", "range", 0, "1 to 1000000", "got 0"),
    inAlarms("rejectedConnections", "range", 1_000_001, "1 to 1000000"),
    bad("dashboard", "type", { dashboard: "yes" }, '"yes"'),
  ],
  mappings: [
    maps("alarms.topicArns", [TOPIC], "web-alarm-elb-5xx alarmActions"),
    maps("alarms.unhealthyHosts", 2, "web-alarm-unhealthy-hosts threshold", 2, ALARMS),
    maps("alarms.elb5xxPercent", 3, "web-alarm-elb-5xx threshold", 3, ALARMS),
    maps("alarms.target5xxPercent", 4, "web-alarm-target-5xx threshold", 4, ALARMS),
    maps("alarms.targetResponseTime", 500, "web-alarm-response-time threshold", 0.5, ALARMS),
    maps("alarms.rejectedConnections", 6, "web-alarm-rejected-connections threshold", 6, ALARMS),
    maps("dashboard", true, "web-dashboard dashboardName", "web-alb"),
  ],
};
