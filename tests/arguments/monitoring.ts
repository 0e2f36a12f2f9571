import { bad, maps, type ArgumentTable } from "./table";

const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const topics = (topicArns: unknown) => ({ alarms: { topicArns } });
const ALARMS = topics([TOPIC]);
const threshold = (name: string) => ({ alarms: { topicArns: [TOPIC], [name]: 0 } });

/** What watches over the group. */
export const MONITORING: ArgumentTable = {
  good: [
    ["alarms for one topic", { alarms: { topicArns: [TOPIC] } }],
    ["a topic of GovCloud", { alarms: { topicArns: [TOPIC.replace("aws", "aws-us-gov")] } }],
    ["a dashboard", { dashboard: true }],
  ],
  bad: [
    bad("alarms", "type", { alarms: true }, "got true", "topicArns"),
    bad("alarms.topicArns", "type", topics(TOPIC), "pass a list"),
    bad("alarms.topicArns[0]", "format", topics(["on-call"]), "ARN", '"on-call"', "copy the ARN"),
    bad("alarms.topicArns[0]", "format", topics([`${TOPIC}.fifo`]), "standard SNS topic"),
    bad("alarms.topicArns[0]", "format", topics([`the topic ${TOPIC}`]), "standard SNS topic"),
    bad("alarms.topicArns", "required", { alarms: { unhealthyHosts: 2 } }, "give it a value"),
    bad("alarms.unhealthyHosts", "range", threshold("unhealthyHosts"), "number of targets"),
    bad("alarms.elb5xxPercent", "range", threshold("elb5xxPercent"), "of percent"),
    bad("alarms.targetResponseTime", "range", threshold("targetResponseTime"), "milliseconds"),
    bad("alarms.rejectedConnections", "range", threshold("rejectedConnections"), "connections"),
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
  limits: [
    {
      args: ["alarms.topicArns"],
      source: {
        documented: { min: 1, max: 5 },
        page: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
      },
    },
    {
      args: ["alarms.unhealthyHosts"],
      source: { own: { min: 1, max: 1000 }, because: "a target group has 1000 targets by default" },
    },
    {
      args: ["alarms.elb5xxPercent", "alarms.target5xxPercent"],
      source: { own: { min: 1, max: 100 }, because: "it is a share" },
    },
    {
      args: ["alarms.targetResponseTime"],
      source: {
        own: { min: 1, max: 4_000_000 },
        because: "the longest idle timeout, 4000 seconds, in milliseconds",
      },
    },
    {
      args: ["alarms.rejectedConnections"],
      source: {
        own: { min: 1, max: 1_000_000 },
        because: "it is far above what a load balancer rejects",
      },
    },
  ],
};
