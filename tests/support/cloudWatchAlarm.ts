/** The values of a metric, minute by minute. A minute without requests has no value. */
export type Series = Readonly<Record<string, readonly (number | undefined)[]>>;

interface Metric {
  readonly metricName: string;
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly period: number;
}

interface Query {
  readonly id: string;
  readonly metric?: Metric & { readonly stat: string };
  readonly expression?: string;
  readonly returnData?: boolean;
}

/** Whether the alarm is in the state ALARM after these minutes, as CloudWatch evaluates it. */
export function isInAlarm(inputs: Readonly<Record<string, unknown>>, series: Series): boolean {
  const { comparisonOperator, threshold, treatMissingData, evaluationPeriods } = inputs;
  if (comparisonOperator !== "GreaterThanOrEqualToThreshold" || treatMissingData !== "notBreaching")
    throw new Error(`no alarm of this kind: ${JSON.stringify(inputs)}`);
  const periods = Number(evaluationPeriods);
  // Without datapointsToAlarm, each of the periods must breach.
  const needed = Number(inputs.datapointsToAlarm ?? periods);
  const latest = valuesOf(inputs, series).slice(-periods);
  return (
    latest.filter((value) => value !== undefined && value >= Number(threshold)).length >= needed
  );
}

function valuesOf(
  inputs: Readonly<Record<string, unknown>>,
  series: Series,
): (number | undefined)[] {
  const queries = inputs.metricQueries as readonly Query[] | undefined;
  if (queries === undefined) {
    const statistic = inputs.statistic ?? inputs.extendedStatistic;
    return read(inputs as unknown as Metric, String(statistic), series);
  }
  const shown = queries.filter(({ returnData }) => returnData === true);
  if (shown.length !== 1) throw new Error("one query must return data");
  const values = new Map(
    queries.flatMap(({ id, metric }) =>
      metric === undefined ? [] : [[id, read(metric, metric.stat, series)] as const],
    ),
  );
  const minutes = Math.max(...Object.values(series).map(({ length }) => length));
  return Array.from({ length: minutes }, (_, minute) =>
    percentage(shown[0].expression ?? "", (id) => values.get(id)?.[minute]),
  );
}

/** `<statistic> <metric> by <dimensions>` is the name of a series. */
function read(
  { metricName, namespace, dimensions, period }: Metric,
  statistic: string,
  series: Series,
) {
  if (namespace !== "AWS/ApplicationELB" || period !== 60)
    throw new Error(`not a metric of a load balancer by the minute: ${namespace}, ${period}`);
  const of = Object.keys(dimensions).sort().join(", ");
  return [...(series[`${statistic} ${metricName} by ${of}`] ?? [])];
}

/** `100 * part / (terms)`, where a term is an id or `FILL(id, 0)`. */
function percentage(expression: string, valueOf: (id: string) => number | undefined) {
  const found = /^100 \* (\w+) \/ \((.+)\)$/.exec(expression);
  if (found === null) throw new Error(`unknown expression: ${expression}`);
  const [, part, terms] = found;
  const whole = terms.split(" + ").map((term) => {
    const filled = /^FILL\((\w+), 0\)$/.exec(term);
    return filled === null ? valueOf(term) : (valueOf(filled[1]) ?? 0);
  });
  // Metric math has no value where one of its metrics has none, and where it divides by 0: both give NaN.
  const sum = whole.reduce<number>((all, one) => all + (one ?? NaN), 0);
  const percent = (100 * (valueOf(part) ?? NaN)) / sum;
  return Number.isFinite(percent) ? percent : undefined;
}
