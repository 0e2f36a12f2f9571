import { bad, type BadArguments } from "./bad";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const topics = (topicArns: unknown) => ({ alarms: { topicArns } });
const inAlarms = (path: string, value: unknown, ...says: string[]) =>
  bad(`alarms.${path}`, { alarms: { topicArns: [TOPIC], [path]: value } }, ...says);
const six = ["a", "b", "c", "d", "e", "f"].map((name) => TOPIC + name);

export const ALARMS: readonly BadArguments[] = [
  bad("alarms", { alarms: true }, "must be an object", "got true", "topicArns"),
  bad("alarms.topicArns", { alarms: {} }, "is required"),
  bad("alarms.topicArns", topics([]), "1 to 5 SNS topics", "got []"),
  bad("alarms.topicArns[5]", topics(six), "at most 5 SNS topics"),
  bad("alarms.topicArns", topics(TOPIC), "a list of SNS topics", "brackets"),
  bad("alarms.topicArns[0]", topics(["on-call"]), "ARN", '"on-call"', "copy it"),
  bad("alarms.topicArns[0]", topics([`${TOPIC}.fifo`]), "standard SNS topic"),
  inAlarms("unhealthyHosts", 0, "1 to 1000", "got 0"),
  inAlarms("unhealthyHosts", 1001, "1 to 1000", "got 1001"),
  inAlarms("elb5xxPercent", 0, "1 to 100", "got 0"),
  inAlarms("elb5xxPercent", 101, "1 to 100", "got 101"),
  inAlarms("target5xxPercent", 0, "1 to 100", "got 0"),
  inAlarms("target5xxPercent", 101, "1 to 100", "got 101"),
  inAlarms("targetResponseTime", 0, "milliseconds", "got 0"),
  inAlarms("targetResponseTime", 4_000_001, "1 to 4000000", "got 4000001"),
  inAlarms("rejectedConnections", 0, "1 to 1000000", "got 0"),
  inAlarms("rejectedConnections", 1_000_001, "1 to 1000000"),
  bad("dashboard", { dashboard: "yes" }, "true or false", '"yes"'),
];
