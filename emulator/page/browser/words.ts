import type { Deployment, Second } from "../model";

export { shortId } from "../marks";

const TIME = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

export const timeOf = (at: number) => TIME.format(at);

/** A number of milliseconds, as short as it is exact enough. */
export function milliseconds(value: number | undefined): string {
  if (value === undefined) return "–";
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return value >= 10 ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
}

/** What the seconds say together, weighted by their requests. */
export interface Sum {
  readonly perSecond: number;
  readonly requests: number;
  readonly errors: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly byServer: ReadonlyMap<string, number>;
}

export function sumOf(seconds: readonly Second[]): Sum {
  const total = (of: (second: Second) => number) =>
    seconds.reduce((sum, second) => sum + of(second), 0);
  const requests = total((second) => second.requests);
  const mean = (of: (second: Second) => number | undefined) =>
    requests === 0 ? undefined : total((second) => (of(second) ?? 0) * second.requests) / requests;
  const byServer = new Map<string, number>();
  for (const second of seconds) {
    for (const [id, count] of Object.entries(second.byServer)) {
      byServer.set(id, (byServer.get(id) ?? 0) + count);
    }
  }
  return {
    perSecond: requests / Math.max(seconds.length, 1),
    requests,
    errors: total((second) => second.errors),
    p50: mean((second) => second.p50),
    p95: mean((second) => second.p95),
    byServer,
  };
}

/** A deployment in one line. */
export function deploymentLine({ done, running, failed, startedAt, endedAt }: Deployment): string {
  const parts = [
    `${done} done`,
    ...(running > 0 ? [`${running} in progress`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const seconds =
    endedAt === undefined ? "" : `, in ${((endedAt - startedAt) / 1000).toFixed(1)} s`;
  const state = endedAt === undefined ? "Pulumi is at work" : failed > 0 ? "Failed" : "Ended";
  return `${state}: ${parts.join(", ")}${seconds}`;
}
