import type { Flow, Picture } from "../model";
import { badge, el, List, type Row, setText, svg, table } from "./dom";
import { type Line, Lines } from "./lines";
import { shortId } from "./words";

type Listener = Picture["listeners"][number];
type Rule = Picture["rules"][number];
type Group = Picture["groups"][number];
type Target = Picture["targets"][number];

/** The targets of one group in one zone. */
interface Zone {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly targets: readonly Target[];
}

const CLIENTS = "clients";

/** The account drawn as layers of cards with lines between them, and as a table. */
export class ResourceMap {
  private readonly lines = new Lines();
  /** The cards by the ids of what they show; of a rule the rows too, by rule and group. */
  private readonly cards = new Map<string, Element>();
  private readonly layers = el("div", { class: "layers" });
  private readonly empty = el("p", { class: "empty" });
  private readonly listeners: List<Listener>;
  private readonly rules: List<Rule>;
  private readonly groups: List<Group>;
  private readonly zones: List<Zone>;
  private picture: Picture | undefined;

  constructor(
    private readonly drawing: HTMLElement,
    private readonly asTable: HTMLElement,
  ) {
    const clients = this.layer("Clients");
    const card = el(
      "li",
      { class: "node" },
      svg(
        "svg",
        { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true", class: "people" },
        svg("path", { d: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4 20a8 8 0 0 1 16 0Z" }),
      ),
      el("span", { class: "hidden" }, "Clients"),
    );
    clients.append(card);
    this.cards.set(CLIENTS, card);
    this.listeners = new List(
      this.layer("Listeners"),
      ({ id }) => id,
      (item) => this.listener(item),
    );
    this.rules = new List(
      this.layer("Rules"),
      ({ id }) => id,
      (item) => this.rule(item),
    );
    this.groups = new List(
      this.layer("Target groups"),
      ({ id }) => id,
      (item) => this.group(item),
    );
    this.zones = new List(
      this.layer("Targets by zone"),
      ({ id }) => id,
      (item) => this.zone(item),
    );
    drawing.append(this.lines.element, this.layers, this.empty);
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.layers);
  }

  show(picture: Picture, hint: string): void {
    this.picture = picture;
    const isEmpty = picture.listeners.length === 0 && picture.groups.length === 0;
    this.layers.hidden = isEmpty;
    this.empty.hidden = !isEmpty;
    setText(this.empty, isEmpty ? hint : "");
    this.listeners.show(picture.listeners);
    this.rules.show(picture.rules);
    this.groups.show(picture.groups);
    this.zones.show(zonesOf(picture));
    this.asTable.replaceChildren(tableOf(picture));
    this.draw();
  }

  flow(flows: readonly Flow[]): void {
    for (const flow of flows) {
      const { listenerId, ruleId, targetId } = flow;
      const target = this.picture?.targets.find(({ id }) => id === targetId);
      const rest =
        target === undefined
          ? []
          : [lineId(ruleId, target.groupId), lineId(target.groupId, target.id)];
      this.lines.run(flow, [lineId(CLIENTS, listenerId), lineId(listenerId, ruleId), ...rest]);
    }
  }

  private draw(): void {
    const { picture } = this;
    if (picture === undefined || this.drawing.hidden) return;
    this.lines.draw([
      ...picture.listeners.flatMap(({ id }) => this.line(0, CLIENTS, id)),
      ...picture.rules.flatMap((rule) => [
        ...this.line(1, rule.listenerId, rule.id),
        ...rule.forwards.flatMap(({ groupId, share }) =>
          this.line(
            2,
            rule.id,
            groupId,
            share === 0 ? "off" : "on",
            share,
            rowId(rule.id, groupId),
          ),
        ),
      ]),
      ...picture.targets.flatMap(({ id, groupId, state }) => this.line(3, groupId, id, state)),
    ]);
  }

  private line(
    layer: number,
    fromId: string,
    toId: string,
    state = "on",
    share = 0,
    anchor = fromId,
  ): Line[] {
    const [from, to] = [this.cards.get(anchor), this.cards.get(toId)];
    if (from === undefined || to === undefined) return [];
    return [{ id: lineId(fromId, toId), from, to, layer, state, share }];
  }

  private layer(name: string): HTMLElement {
    const list = el("ul", { "aria-label": name });
    this.layers.append(el("div", { class: "layer" }, el("h3", {}, name), list));
    return list;
  }

  private card(id: string, element: Element): void {
    this.cards.set(id, element);
  }

  private listener({ id }: Listener): Row<Listener> {
    const name = el("span", { class: "name" });
    const balancer = el("span", { class: "detail" });
    const link = el("a", { target: "_blank", rel: "noreferrer" });
    const element = el("li", { class: "node" }, name, balancer, link);
    this.card(id, element);
    return {
      element,
      update: ({ protocol, port, loadBalancer, url }) => {
        setText(name, `${protocol} ${port}`);
        setText(balancer, loadBalancer);
        setText(link, url.replace(/^https?:\/\//, ""));
        if (url !== "") link.href = url;
      },
    };
  }

  private rule({ id }: Rule): Row<Rule> {
    const name = el("span", { class: "name" });
    const condition = el("span", { class: "detail condition" });
    const action = el("span", { class: "detail" });
    const forwards = el("ul", { class: "forwards" });
    const element = el("li", { class: "node" }, name, condition, action, forwards);
    this.card(id, element);
    return {
      element,
      update: (rule) => {
        setText(name, rule.priority === undefined ? "Default" : `Rule ${rule.priority}`);
        setText(condition, rule.condition);
        setText(action, rule.forwards.length === 0 ? rule.action : "");
        forwards.replaceChildren(
          ...rule.forwards.map(({ groupId, weight, share }) => {
            const group = this.picture?.groups.find((one) => one.id === groupId)?.name ?? "";
            const isOnly = rule.forwards.length === 1;
            const percent = el("strong", {}, `${Math.round(share * 100)} %`);
            const weightText = isOnly ? undefined : el("span", {}, `weight ${weight}`);
            const row = el(
              "li",
              {},
              el("span", { class: "to" }, `→ ${group}`),
              percent,
              weightText,
            );
            this.card(rowId(rule.id, groupId), row);
            return row;
          }),
        );
      },
    };
  }

  private group({ id }: Group): Row<Group> {
    const name = el("span", { class: "name" });
    const detail = el("span", { class: "detail" });
    const check = el("span", { class: "detail" });
    const states = el("span", { class: "states" });
    const element = el("li", { class: "node" }, name, detail, check, states);
    this.card(id, element);
    return {
      element,
      update: (group) => {
        setText(name, group.name);
        setText(detail, group.detail);
        setText(check, group.healthCheck);
        const own = this.picture?.targets.filter(({ groupId }) => groupId === id) ?? [];
        const healthy = own.filter(({ state }) => state === "healthy").length;
        const inUse = own.filter(({ state }) => state !== "unused").length;
        states.replaceChildren(
          badge(stateOf(healthy, inUse), `${healthy} of ${own.length} healthy`),
        );
      },
    };
  }

  private zone({ id, label }: Zone): Row<Zone> {
    const name = el("span", { class: "zone-name" });
    const list = el("ul", { "aria-label": label });
    const targets = new List<Target>(
      list,
      (target) => target.id,
      (target) => this.target(target),
    );
    return {
      element: el("li", { class: "zone", "data-zone": id }, name, list),
      update: (zone) => {
        setText(name, zone.name);
        targets.show(zone.targets);
      },
    };
  }

  private target({ id }: Target): Row<Target> {
    const name = el("span", { class: "name" });
    const state = el("span", { class: "state" });
    const reason = el("span", { class: "detail reason" });
    const element = el("li", { class: "node target" }, name, state, reason);
    this.card(id, element);
    return {
      element,
      update: (target) => {
        element.className = `node target ${target.state}`;
        element.title = `${target.targetId} port ${target.port}. ${target.description ?? ""}`;
        setText(name, `${shortId(target.targetId)}:${target.port}`);
        if (state.textContent !== target.state) state.replaceChildren(badge(target.state));
        if (reason.textContent !== (target.reason ?? "")) {
          reason.replaceChildren(...breakable(target.reason ?? ""));
        }
      },
    };
  }
}

function stateOf(healthy: number, inUse: number): string {
  if (inUse === 0) return "unused";
  if (healthy === inUse) return "healthy";
  return healthy > 0 ? "initial" : "unhealthy";
}

/** A reason such as Target.FailedHealthChecks, which may go on in another line after its dot. */
const breakable = (reason: string) =>
  reason.split(/(?<=\.)/).flatMap((part, index) => (index === 0 ? [part] : [el("wbr"), part]));

const lineId = (from: string, to: string) => `${from} > ${to}`;
const rowId = (ruleId: string, groupId: string) => `${ruleId} row ${groupId}`;

function zonesOf({ groups, targets }: Picture): Zone[] {
  return groups.flatMap((group) => {
    const own = targets.filter(({ groupId }) => groupId === group.id);
    const names = [...new Set(own.map(({ zone }) => zone))];
    return names.map((name) => ({
      id: `${group.id} ${name}`,
      name: name === "" ? "no zone" : name,
      label: `${group.name} in ${name}`,
      targets: own.filter(({ zone }) => zone === name),
    }));
  });
}

/** One line for each target that a rule leads to, and for each rule that leads to none. */
function tableOf({ listeners, rules, groups, targets }: Picture): HTMLTableElement {
  const rows = rules.flatMap((rule) => {
    const listener = listeners.find(({ id }) => id === rule.listenerId);
    const head = [
      listener === undefined ? "" : `${listener.protocol} ${listener.port}`,
      rule.priority === undefined ? "Default" : `Rule ${rule.priority}: ${rule.condition}`,
    ];
    if (rule.forwards.length === 0) return [[...head, rule.action, "", "", "", ""]];
    return rule.forwards.flatMap(({ groupId, share }) => {
      const group = groups.find(({ id }) => id === groupId);
      const own = targets.filter((target) => target.groupId === groupId);
      const to = [...head, `${group?.name ?? ""}, ${Math.round(share * 100)} %`];
      if (own.length === 0) return [[...to, "no targets", "", "", ""]];
      return own.map((target) => [
        ...to,
        `${target.targetId}:${target.port}`,
        target.zone,
        badge(target.state),
        target.reason ?? "",
      ]);
    });
  });
  const heads = ["Listener", "Rule", "Leads to", "Target", "Zone", "State", "Reason"];
  return table("Resource map", heads, rows);
}
