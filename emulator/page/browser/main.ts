import "./style.css";
import type { Action, Change, Shown } from "../model";
import { Charts, WINDOW } from "./charts";
import { HandControls, LoadControls, ServerControls, WeightControls } from "./controls";
import { badge, byId, el, List, setText, table } from "./dom";
import { ResourceMap } from "./map";
import { deploymentLine, milliseconds, shortId, sumOf, timeOf } from "./words";

const SECONDS_KEPT = 600;
const MARKS_KEPT = 100;
const REQUESTS_KEPT = 50;
/** How many seconds the figures at the top sum up. */
const RECENT = 5;
const MINUTE = 60;
const TABLE_SECONDS = 15;

const map = new ResourceMap(byId("map"), byId("map-table"));
const charts = new Charts(byId("rates"), byId("latency"));
const servers = new ServerControls(act);
const weights = new WeightControls(act);
const load = new LoadControls(act);
const hand = new HandControls(act);
const eventRows = new List<Shown["marks"][number]>(
  byId("events"),
  ({ id }) => String(id),
  eventRow,
);
const shareRows = new List<Share>(byId("shares"), ({ id }) => id, shareRow);
let shown: Shown | undefined;
let isPaused = false;

function act(action: Action): void {
  void send(action);
}

async function send(action: Action): Promise<void> {
  setText(byId("problem"), "");
  try {
    const response = await fetch("/actions", { method: "POST", body: JSON.stringify(action) });
    if (!response.ok) throw new Error(await response.text());
  } catch (error) {
    setText(byId("problem"), error instanceof Error ? error.message : String(error));
    // What was chosen in vain is put back.
    if (shown !== undefined) showAll(shown);
  }
}

function showAll(all: Shown): void {
  const { picture } = all;
  const names = picture.loadBalancers.map(({ name: one }) => one).join(", ");
  const name = names === "" ? "nothing deployed" : names;
  setText(byId("account"), `${name}, ${picture.region}, account ${picture.accountId}`);
  map.show(picture, all.hint);
  servers.show(picture);
  weights.show(picture);
  load.show(all.load, picture);
  hand.show(picture);
  showDeployment(all.deployment);
  showEvents(all);
  showTraffic(all);
  showRequests(all);
}

function apply(change: Change): void {
  if (shown === undefined) return;
  const grown = <Item>(list: readonly Item[], more: readonly Item[] | undefined, most: number) =>
    more === undefined ? list : [...list, ...more].slice(-most);
  shown = {
    ...shown,
    ...("picture" in change ? { picture: change.picture } : {}),
    ...("deployment" in change ? { deployment: change.deployment } : {}),
    ...("load" in change ? { load: change.load } : {}),
    seconds: grown(shown.seconds, change.seconds, SECONDS_KEPT),
    marks: grown(shown.marks, change.marks, MARKS_KEPT),
    requests: grown(shown.requests, change.requests, REQUESTS_KEPT),
  };
  if (change.picture !== undefined || change.load !== undefined) showAll(shown);
  else {
    if (change.deployment !== undefined) showDeployment(change.deployment);
    if (change.marks !== undefined) showEvents(shown);
    if (change.seconds !== undefined) showTraffic(shown);
    if (change.requests !== undefined) showRequests(shown);
  }
  for (const { text } of change.marks ?? []) announce(text);
  if (change.flows !== undefined && !isPaused) map.flow(change.flows);
}

function announce(text: string): void {
  const log = byId("announced");
  log.append(el("p", {}, text));
  if (log.childElementCount > 5) log.firstElementChild?.remove();
}

function eventRow({ id, at, tone, text }: Shown["marks"][number]) {
  const element = el(
    "li",
    {},
    el("span", { class: `number ${tone}` }, String(id)),
    el("time", {}, timeOf(at)),
    el("span", { class: "text" }, text),
  );
  return { element, update: () => undefined };
}

function showEvents({ marks }: Shown): void {
  eventRows.show([...marks].reverse());
}

function showTraffic({ seconds, marks, picture }: Shown): void {
  if (isPaused) return;
  charts.show(seconds, marks);
  const recent = sumOf(seconds.slice(-RECENT));
  const healthy = picture.targets.filter(({ state }) => state === "healthy").length;
  const errors = recent.requests === 0 ? 0 : (recent.errors / recent.requests) * 100;
  showFigures([
    ["Requests a second", recent.perSecond.toFixed(recent.perSecond < 10 ? 1 : 0), ""],
    [
      "Errors",
      `${errors.toFixed(errors > 0 && errors < 10 ? 1 : 0)} %`,
      errors > 0 ? "bad" : recent.requests > 0 ? "good" : "",
    ],
    ["Latency p50", milliseconds(recent.p50), ""],
    ["Latency p95", milliseconds(recent.p95), ""],
    [
      "Healthy targets",
      `${healthy} of ${picture.targets.length}`,
      healthy < picture.targets.length ? "bad" : healthy > 0 ? "good" : "",
    ],
  ]);
  showShares(seconds, picture);
  const now = sumOf(seconds.slice(-WINDOW));
  const said = `${now.requests} requests and ${now.errors} errors in ${WINDOW} seconds`;
  byId("rates").setAttribute("aria-label", `Chart: ${said}`);
  byId("latency").setAttribute(
    "aria-label",
    `Chart: latency p50 ${milliseconds(now.p50)}, p95 ${milliseconds(now.p95)}`,
  );
  if (byId("seconds").closest("details")?.open === true) showSeconds(seconds);
}

function showSeconds(seconds: Shown["seconds"]): void {
  const rows = [...seconds].slice(-TABLE_SECONDS).reverse();
  byId("seconds").replaceChildren(
    table(
      "The last seconds",
      ["Time", "Requests", "Errors", "p50", "p95"],
      rows.map(({ at, requests, errors, p50, p95 }) => [
        timeOf(at * 1000),
        String(requests),
        String(errors),
        milliseconds(p50),
        milliseconds(p95),
      ]),
    ),
  );
}

const figureRows = new List<readonly [string, string, string]>(
  byId("figures"),
  ([name]) => name,
  ([name]) => {
    const value = el("dd");
    return {
      element: el("div", {}, el("dt", {}, name), value),
      update: ([, text, tone]) => {
        setText(value, text);
        value.className = tone;
      },
    };
  },
);

function showFigures(figures: readonly (readonly [string, string, string])[]): void {
  figureRows.show(figures);
}

interface Share {
  readonly id: string;
  readonly zone: string;
  readonly count: number;
  readonly share: number;
}

function shareRow({ id }: Share) {
  const zone = el("span", { class: "detail" });
  const count = el("span", { class: "count" });
  const bar = el("span", { class: "filled" });
  const element = el(
    "div",
    { class: "share" },
    el("span", { class: "name", title: id }, shortId(id)),
    zone,
    count,
    el("span", { class: "track", "aria-hidden": "true" }, bar),
  );
  return {
    element,
    update: (one: Share) => {
      setText(zone, one.zone);
      setText(count, `${(one.share * 100).toFixed(1)} %  (${one.count})`);
      bar.style.width = `${(one.share * 100).toFixed(1)}%`;
    },
  };
}

function showShares(seconds: Shown["seconds"], picture: Shown["picture"]): void {
  const { byServer } = sumOf(seconds.slice(-MINUTE));
  const all = [...byServer.values()].reduce((sum, count) => sum + count, 0);
  const zones = new Map(picture.servers.map(({ id, zone }) => [id, zone]));
  const ids = [...new Set([...zones.keys(), ...byServer.keys()])];
  shareRows.show(
    ids.map((id) => {
      const count = byServer.get(id) ?? 0;
      return { id, zone: zones.get(id) ?? "", count, share: count / Math.max(all, 1) };
    }),
  );
}

function showRequests({ requests }: Shown): void {
  if (isPaused) return;
  const rows = [...requests]
    .reverse()
    .map((one) => [
      timeOf(one.at),
      `${one.method} ${one.path}`,
      el("span", { class: one.failed ? "outcome bad" : "outcome" }, one.outcome),
      one.server === undefined ? "load balancer" : shortId(one.server),
      milliseconds(one.milliseconds),
    ]);
  const heads = ["Time", "Request", "Status", "Answered by", "Latency"];
  byId("log").replaceChildren(table("Last requests", heads, rows));
}

const bar = el("progress", { "aria-label": "Deployment" });
const line = el("p", { class: "state-line" });
const steps = el("ol", { class: "steps scroll", tabindex: 0, "aria-label": "Steps" });
byId("deployment").append(line, bar, steps);

function showDeployment(deployment: Shown["deployment"]): void {
  bar.hidden = steps.hidden = deployment === undefined;
  const isNow = deployment !== undefined && deployment.endedAt === undefined;
  byId("deployment").closest("section")?.classList.toggle("now", isNow);
  if (deployment === undefined) {
    setText(line, "Pulumi has changed nothing yet.");
    return;
  }
  setText(line, deploymentLine(deployment));
  if (isNow) bar.removeAttribute("value");
  else bar.value = 1;
  const states = { done: "healthy", failed: "unhealthy", running: "initial" };
  steps.replaceChildren(
    ...[...deployment.steps]
      .reverse()
      .map((step) =>
        el(
          "li",
          {},
          badge(states[step.state], `${step.kind} ${step.state === "running" ? "…" : ""}`.trim()),
          el("span", { class: "name" }, step.name),
          el(
            "span",
            { class: "detail" },
            step.milliseconds === undefined ? "" : milliseconds(step.milliseconds),
          ),
          el("span", { class: "detail type" }, step.type),
          step.error === undefined ? undefined : el("span", { class: "error" }, step.error),
        ),
      ),
  );
}

function listen(): void {
  const connection = byId("connection");
  const source = new EventSource("/events");
  const read = (event: Event): unknown =>
    event instanceof MessageEvent ? JSON.parse(String(event.data)) : undefined;
  source.addEventListener("all", (event) => {
    const all = read(event);
    if (!isShown(all)) return;
    shown = all;
    connection.className = "on";
    setText(connection, "Live");
    showAll(all);
  });
  source.addEventListener("change", (event) => {
    const change = read(event);
    if (isChange(change)) apply(change);
  });
  source.addEventListener("error", () => {
    connection.className = "off";
    setText(connection, "Not connected: the emulator has ended, or starts again");
  });
}

// The server and the page come from the same emulator, so a message has the shape that it should.
const isShown = (value: unknown): value is Shown => typeof value === "object" && value !== null;
const isChange = (value: unknown): value is Change => typeof value === "object" && value !== null;

const pause = byId("pause");
pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  if (shown !== undefined) showAll(shown);
});

const form = byId("map-form");
form.addEventListener("click", () => {
  const asTable = byId("map-table").hidden;
  byId("map-table").hidden = !asTable;
  byId("map").hidden = asTable;
  form.setAttribute("aria-pressed", String(asTable));
  if (shown !== undefined) map.show(shown.picture, shown.hint);
});

listen();
