import type { Picture, ServerNode, TargetNode } from "./picture";

/** Something that happened, at its time on the charts. */
export interface Mark {
  readonly id: number;
  readonly at: number;
  readonly tone: "good" | "bad" | "info";
  readonly text: string;
}

export type NewMark = Pick<Mark, "tone" | "text">;

const KEPT = 100;

/** What happened last. */
export class Marks {
  readonly all: Mark[] = [];
  private fresh: Mark[] = [];
  private count = 0;

  constructor(private readonly now: () => number = Date.now) {}

  add(...marks: readonly NewMark[]): void {
    for (const mark of marks) {
      this.count += 1;
      const numbered = { id: this.count, at: this.now(), ...mark };
      for (const list of [this.all, this.fresh]) {
        list.push(numbered);
        if (list.length > KEPT) list.shift();
      }
    }
  }

  /** Returns and forgets those that came since the last time. */
  take(): Mark[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }
}

/** What happened between two pictures. */
export function marksBetween(before: Picture, after: Picture): NewMark[] {
  return [
    ...serverMarks(before.servers, after.servers),
    ...targetMarks(before.targets, after.targets),
    ...listenerMarks(before, after),
    ...weightMarks(before, after),
  ];
}

function serverMarks(before: readonly ServerNode[], after: readonly ServerNode[]): NewMark[] {
  return after.flatMap((server): NewMark[] => {
    const old = before.find(({ id }) => id === server.id);
    if (old === undefined) return [];
    const name = shortId(server.id);
    if (old.isRunning !== server.isRunning) {
      return server.isRunning
        ? [{ tone: "info", text: `${name} was started` }]
        : [{ tone: "bad", text: `${name} was stopped` }];
    }
    if (old.milliseconds === server.milliseconds && old.status === server.status) return [];
    const late = server.milliseconds === 0 ? "" : ` after ${server.milliseconds / 1000} s`;
    const isSound = server.milliseconds === 0 && server.status === 200;
    return [
      {
        tone: isSound ? "info" : "bad",
        text: `${name} answers ${server.status}${late || " at once"}`,
      },
    ];
  });
}

function targetMarks(before: readonly TargetNode[], after: readonly TargetNode[]): NewMark[] {
  const changed = after.filter(
    (target) => before.find(({ id }) => id === target.id)?.state !== target.state,
  );
  const healthy = changed.filter(({ state }) => state === "healthy");
  const isBack = healthy.every(
    ({ id }) => before.find((one) => one.id === id)?.state === "unhealthy",
  );
  const marks: NewMark[] = [];
  if (healthy.length > 0) {
    const again = isBack ? " again" : "";
    marks.push({ tone: "good", text: `${names(healthy)} healthy${again}` });
  }
  for (const state of ["unhealthy", "draining"] as const) {
    const so = changed.filter((target) => target.state === state);
    if (so.length === 0) continue;
    const reasons = new Set(so.flatMap(({ reason }) => reason ?? []));
    const why = state === "unhealthy" && reasons.size > 0 ? `: ${[...reasons].join(", ")}` : "";
    marks.push({
      tone: state === "unhealthy" ? "bad" : "info",
      text: `${names(so)} ${state}${why}`,
    });
  }
  const gone = before.filter(
    (target) => target.state === "draining" && !after.some(({ id }) => id === target.id),
  );
  if (gone.length > 0) marks.push({ tone: "info", text: `${names(gone)} deregistered` });
  return marks;
}

function listenerMarks(before: Picture, after: Picture): NewMark[] {
  const changes = [
    ["opened", after, before],
    ["closed", before, after],
  ] as const;
  return changes.flatMap(([verb, has, hasNot]) =>
    has.listeners
      .filter(({ id }) => !hasNot.listeners.some((one) => one.id === id))
      .map(({ protocol, port }): NewMark => ({
        tone: "info",
        text: `listener ${protocol} ${port} was ${verb}`,
      })),
  );
}

function weightMarks(before: Picture, after: Picture): NewMark[] {
  return after.rules.flatMap((rule): NewMark[] => {
    const old = before.rules.find(({ id }) => id === rule.id);
    if (old === undefined || weights(old) === weights(rule)) return [];
    const name = (id: string) => after.groups.find((group) => group.id === id)?.name ?? "";
    const now = rule.forwards.map(({ groupId, weight }) => `${name(groupId)} ${weight}`);
    return now.length === 0 ? [] : [{ tone: "info", text: `weights: ${now.join(", ")}` }];
  });
}

const weights = ({ forwards }: Picture["rules"][number]) => JSON.stringify(forwards);

function names(targets: readonly TargetNode[]): string {
  const ids = [...new Set(targets.map(({ targetId }) => targetId))];
  return ids.length === 1 ? `${shortId(ids[0])} is` : `${ids.length} servers are`;
}

/** Ids of instances differ at their ends. */
export const shortId = (id: string) => (/^i-\w{9,}$/.test(id) ? `i-…${id.slice(-5)}` : id);
