import { during, unlessGone } from "../awsCalls";
import { blocksOf, COMPUTED_TAGS, given, type Shape, TAGS, textOf } from "../properties";
import { type Failure, type ResourceType } from "../resourceType";
import { type Properties } from "../values";
import { createTagged, tagState, updateTags } from "./tagged";

const COMPARISONS = [
  "GreaterThanOrEqualToThreshold",
  "GreaterThanThreshold",
  "LessThanThreshold",
  "LessThanOrEqualToThreshold",
];

const METRIC: Shape = {
  metricName: { kind: "string", required: true },
  namespace: { kind: "string" },
  dimensions: { kind: "map" },
  stat: { kind: "string", required: true },
  period: { kind: "integer", required: true },
};

const METRIC_QUERY: Shape = {
  id: { kind: "string", required: true },
  expression: { kind: "string" },
  label: { kind: "string" },
  metric: { kind: "block", properties: METRIC },
  returnData: { kind: "boolean", default: false },
};

const INPUTS: Shape = {
  name: { kind: "string", computed: true, forceNew: true },
  alarmDescription: { kind: "string" },
  actionsEnabled: { kind: "boolean", default: true },
  alarmActions: { kind: "set" },
  okActions: { kind: "set" },
  insufficientDataActions: { kind: "set" },
  comparisonOperator: { kind: "string", required: true, values: COMPARISONS },
  evaluationPeriods: { kind: "integer", required: true, range: [1, Number.MAX_SAFE_INTEGER] },
  datapointsToAlarm: { kind: "integer", range: [1, Number.MAX_SAFE_INTEGER] },
  threshold: { kind: "number", default: 0 },
  metricName: { kind: "string" },
  namespace: { kind: "string" },
  dimensions: { kind: "map" },
  statistic: {
    kind: "string",
    values: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
  },
  extendedStatistic: { kind: "string" },
  period: { kind: "integer" },
  metricQueries: { kind: "blocks", properties: METRIC_QUERY },
  treatMissingData: {
    kind: "string",
    default: "missing",
    values: ["breaching", "notBreaching", "ignore", "missing"],
  },
  evaluateLowSampleCountPercentiles: {
    kind: "string",
    computed: true,
    values: ["evaluate", "ignore"],
  },
  ...TAGS,
};

const LONGEST_NAME = 255;

export const metricAlarm: ResourceType = {
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  inputs: INPUTS,
  outputs: { arn: { kind: "string" }, ...COMPUTED_TAGS },
  longestName: LONGEST_NAME,

  check: watched,

  async create(inputs, aws) {
    const name = given(textOf(inputs, "name"), "name");
    const put = createTagged(
      aws,
      inputs,
      () => {
        aws.cloudWatch.putMetricAlarm(name, settingsOf(inputs));
      },
      () => name,
    );
    await during(
      `creating CloudWatch Metric Alarm (${name})`,
      aws.calls.cloudWatch("PutMetricAlarm", put),
    );
    return { id: name };
  },

  async read(id, _state, aws) {
    const found = await aws.calls.cloudWatch("DescribeAlarms", () =>
      aws.cloudWatch.describeAlarm(id),
    );
    if (found === undefined) return undefined;
    const { alarmName: name, alarmArn: arn, settings } = found;
    return { ...settings, name, arn, ...tagState(id, aws) };
  },

  async update(id, olds, news, aws) {
    await updateTags(id, olds, news, aws, "cloudWatch");
    await during(
      `updating CloudWatch Metric Alarm (${id})`,
      aws.calls.cloudWatch("PutMetricAlarm", () => {
        aws.cloudWatch.putMetricAlarm(id, settingsOf(news));
      }),
    );
  },

  async delete(id, _state, { cloudWatch, calls, tags }) {
    await during(
      `deleting CloudWatch Metric Alarm (${id})`,
      unlessGone(
        "ResourceNotFound",
        calls.cloudWatch("DeleteAlarms", () => {
          cloudWatch.deleteAlarm(id);
        }),
      ),
    );
    tags.forget(id);
  },
};

/** An alarm watches one metric, or what is calculated from several. */
function watched(inputs: Properties): Failure[] {
  const { metricName, statistic, extendedStatistic, metricQueries } = inputs;
  const fault = (property: string, reason: string) => [{ property, reason }];
  if ((metricName === undefined) === (metricQueries === undefined)) {
    return fault("metricName", 'one of "metricName" and "metricQueries" must be specified');
  }
  if (metricName !== undefined && (statistic === undefined) === (extendedStatistic === undefined)) {
    return fault("statistic", 'one of "statistic" and "extendedStatistic" must be specified');
  }
  const returned = blocksOf(inputs, "metricQueries").filter((query) => query.returnData === true);
  if (metricQueries !== undefined && returned.length !== 1) {
    return fault("metricQueries", "exactly one query returns data");
  }
  return [];
}

function settingsOf(inputs: Properties): Properties {
  const own = Object.keys(INPUTS).filter((key) => key !== "name" && key !== "tags");
  return {
    ...Object.fromEntries(own.map((key) => [key, inputs[key]])),
    evaluateLowSampleCountPercentiles: textOf(inputs, "evaluateLowSampleCountPercentiles") ?? "",
  };
}
