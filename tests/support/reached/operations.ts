import { reaches } from "./reaches";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const TOLD = { alarms: { topicArns: [TOPIC] } };

export const OPERATIONS = [
  reaches("alarms.topicArns", [TOPIC], "web-alarm-elb-5xx alarmActions"),
  reaches("alarms.unhealthyHosts", 2, "web-alarm-unhealthy-hosts threshold", 2, TOLD),
  reaches("alarms.elb5xxPercent", 3, "web-alarm-elb-5xx threshold", 3, TOLD),
  reaches("alarms.target5xxPercent", 4, "web-alarm-target-5xx threshold", 4, TOLD),
  reaches("alarms.targetResponseTime", 500, "web-alarm-response-time threshold", 0.5, TOLD),
  reaches("alarms.rejectedConnections", 6, "web-alarm-rejected-connections threshold", 6, TOLD),
  reaches("dashboard", true, "web-dashboard dashboardName", "web-alb"),
];
