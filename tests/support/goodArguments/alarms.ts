const TOPIC = "arn:aws:sns:us-west-2:123456789012:on-call";
const five = ["a", "b", "c", "d", "e"].map((name) => TOPIC + name);

/** Of what watches over the group. */
export const ALARMS: readonly (readonly [string, object])[] = [
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
];
