import { bad, maps, type ArgumentTable } from "./table";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const topics = (topicArns: unknown) => ({ alarms: { topicArns } });
const ALARMS = topics([TOPIC]);

/** What watches over the group. */
export const MONITORING: ArgumentTable = {
  good: [
    ["alarms for one topic", { alarms: { topicArns: [TOPIC] } }],
    ["a topic of GovCloud", { alarms: { topicArns: [TOPIC.replace("aws", "aws-us-gov")] } }],
    ["a dashboard", { dashboard: true }],
  ],
  bad: [
    bad("alarms", "type", { alarms: true }, "got true", "topicArns"),
    bad("alarms.topicArns", "type", topics(TOPIC), "brackets"),
    bad("alarms.topicArns[0]", "format", topics(["on-call"]), "ARN", '"on-call"', "copy it"),
    bad("alarms.topicArns[0]", "format", topics([`${TOPIC}.fifo`]), "standard SNS topic"),
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
