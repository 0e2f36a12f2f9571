import type { Action, Load, Picture } from "../model";
import { badge, byId, el, List, type Row, setText } from "./dom";
import { shortId } from "./words";

type Server = Picture["servers"][number];
type Rule = Picture["rules"][number];
export type Act = (action: Action) => void;

/** How a server may answer, by the words of the choice. */
const ANSWERS = [
  { text: "at once, 200", milliseconds: 0, status: 200 },
  { text: "after 300 ms", milliseconds: 300, status: 200 },
  { text: "after 2 s", milliseconds: 2000, status: 200 },
  { text: "after 10 s", milliseconds: 10_000, status: 200 },
  { text: "with 500", milliseconds: 0, status: 500 },
  { text: "with 503", milliseconds: 0, status: 503 },
];

/** What can be done with each server. */
export class ServerControls {
  private readonly list: List<Server>;
  private picture: Picture | undefined;

  constructor(private readonly act: Act) {
    this.list = new List(
      byId("servers"),
      ({ id }) => id,
      ({ id }) => this.row(id),
    );
  }

  show(picture: Picture): void {
    this.picture = picture;
    this.list.show(picture.servers);
  }

  private row(serverId: string): Row<Server> {
    const name = shortId(serverId);
    const label = el("span", { class: "name" }, name);
    const zone = el("span", { class: "detail" });
    const state = el("span", { class: "state" });
    let isRunning = true;
    const power = el("button", {
      type: "button",
      on: {
        click: () => {
          this.act({ kind: isRunning ? "stop" : "start", serverId });
        },
      },
    });
    const choice = el(
      "select",
      {
        "aria-label": `${name} answers`,
        on: {
          change: () => {
            const { milliseconds, status } = ANSWERS[choice.selectedIndex] ?? ANSWERS[0];
            this.act({ kind: "answer", serverId, milliseconds, status });
          },
        },
      },
      ...ANSWERS.map(({ text }) => el("option", {}, text)),
    );
    const registrations = el("div", { class: "buttons" });
    const groups = new List<Registration>(
      registrations,
      ({ groupId, port }) => `${groupId} ${port}`,
      (one) => this.registration(serverId, one),
    );
    const element = el(
      "li",
      { class: "server" },
      label,
      zone,
      state,
      el("div", { class: "buttons" }, power, choice),
      registrations,
    );
    return {
      element,
      update: (server) => {
        isRunning = server.isRunning;
        setText(zone, server.zone);
        label.title = `${serverId}, ${server.address}`;
        const word = isRunning ? "running" : "stopped";
        if (state.textContent !== word) {
          state.replaceChildren(badge(isRunning ? "healthy" : "unhealthy", word));
        }
        setText(power, isRunning ? "Stop" : "Start");
        power.setAttribute("aria-label", `${isRunning ? "Stop" : "Start"} ${name}`);
        const chosen = ANSWERS.findIndex(
          ({ milliseconds, status }) =>
            milliseconds === server.milliseconds && status === server.status,
        );
        if (choice.selectedIndex !== chosen) choice.selectedIndex = chosen;
        groups.show(this.registrations(serverId));
      },
    };
  }

  private registrations(serverId: string): Registration[] {
    const { groups = [], targets = [] } = this.picture ?? {};
    return groups
      .filter(({ ofInstances }) => ofInstances)
      .flatMap((group) => {
        const own = targets.filter(
          ({ groupId, targetId }) => groupId === group.id && targetId === serverId,
        );
        const places = own.length > 0 ? own : [{ port: group.port, state: undefined }];
        return places.map(({ port, state }) => ({
          groupId: group.id,
          group: group.name,
          port,
          isIn: state !== undefined && state !== "draining",
        }));
      });
  }

  private registration(serverId: string, { groupId, port }: Registration): Row<Registration> {
    let isIn = false;
    const element = el("button", {
      type: "button",
      class: "quiet",
      on: {
        click: () => {
          const kind = isIn ? "deregister" : "register";
          this.act({ kind, groupId, targetId: serverId, port });
        },
      },
    });
    return {
      element,
      update: (one) => {
        isIn = one.isIn;
        setText(element, isIn ? `Drain from ${one.group}` : `Register with ${one.group}`);
        element.setAttribute("aria-label", `${element.textContent}: ${shortId(serverId)}`);
      },
    };
  }
}

interface Registration {
  readonly groupId: string;
  readonly group: string;
  readonly port: number;
  readonly isIn: boolean;
}

/** The weights of rules that forward to several groups. */
export class WeightControls {
  private readonly list: List<Rule>;
  private picture: Picture | undefined;

  constructor(private readonly act: Act) {
    const parent = el("div");
    byId("weights").append(parent);
    this.list = new List(
      parent,
      ({ id }) => id,
      ({ id }) => this.row(id),
    );
  }

  show(picture: Picture): void {
    this.picture = picture;
    const weighted = picture.rules.filter(({ forwards }) => forwards.length > 1);
    const card = byId("weights").closest("section");
    if (card !== null) card.hidden = weighted.length === 0;
    this.list.show(weighted);
  }

  private row(ruleId: string): Row<Rule> {
    const title = el("legend");
    const fields = el("div", { class: "fields" });
    const list = new List<Rule["forwards"][number]>(
      fields,
      ({ groupId }) => groupId,
      ({ groupId }) => this.field(ruleId, groupId),
    );
    return {
      element: el("fieldset", {}, title, fields),
      update: (rule) => {
        const listener = this.picture?.listeners.find(({ id }) => id === rule.listenerId);
        const name = rule.priority === undefined ? "default" : `rule ${rule.priority}`;
        setText(title, `Listener ${listener?.port ?? ""}, ${name}`);
        list.show(rule.forwards);
      },
    };
  }

  private field(ruleId: string, groupId: string): Row<Rule["forwards"][number]> {
    const input = el("input", {
      type: "number",
      min: 0,
      max: 999,
      on: {
        change: () => {
          this.act({ kind: "weight", ruleId, groupId, weight: Math.round(Number(input.value)) });
        },
      },
    });
    const name = el("span");
    return {
      element: el("label", { class: "field" }, name, input),
      update: ({ weight }) => {
        setText(name, this.picture?.groups.find(({ id }) => id === groupId)?.name ?? "");
        if (document.activeElement !== input) input.value = String(weight);
      },
    };
  }
}

/** How many requests are sent, and where. */
export class LoadControls {
  private readonly rate = el("input", { type: "range", id: "rate", min: 0, max: 200, step: 5 });
  private readonly value = el("output", { for: "rate" });
  private readonly path = el("input", {
    type: "text",
    id: "path",
    maxlength: 200,
    spellcheck: "false",
  });
  private readonly listener = el("select", { id: "listener" });
  private readonly where = el(
    "div",
    { class: "field" },
    el("label", { for: "listener" }, "Listener"),
    this.listener,
  );

  constructor(private readonly act: Act) {
    const send = () => {
      const { value: listenerId } = this.listener;
      const perSecond = Number(this.rate.value);
      this.act({ kind: "load", perSecond, path: this.path.value, listenerId });
    };
    this.rate.addEventListener("input", () => {
      this.say();
    });
    for (const input of [this.rate, this.path, this.listener]) {
      input.addEventListener("change", send);
    }
    byId("load").append(
      el(
        "div",
        { class: "field" },
        el("label", { for: "rate" }, "Requests a second"),
        this.value,
        this.rate,
      ),
      el("div", { class: "field" }, el("label", { for: "path" }, "Path"), this.path),
      this.where,
      el("p", { class: "detail" }, "Sent as long as a page is open."),
    );
  }

  show({ perSecond, path, listenerId }: Load, { listeners }: Picture): void {
    const options = [
      ["", "the first that forwards"],
      ...listeners.map(({ id, protocol, port }) => [id, `${protocol} ${port}`]),
    ];
    const shown = [...this.listener.options].map(({ value }) => value).join();
    if (shown !== options.map(([value]) => value).join()) {
      this.listener.replaceChildren(
        ...options.map(([value, text]) => el("option", { value }, text)),
      );
    }
    this.where.hidden = listeners.length < 2;
    if (document.activeElement !== this.listener) this.listener.value = listenerId;
    if (document.activeElement !== this.path) this.path.value = path;
    if (document.activeElement !== this.rate) this.rate.value = String(perSecond);
    this.say();
  }

  private say(): void {
    setText(this.value, this.rate.value);
    this.rate.setAttribute("aria-valuetext", `${this.rate.value} requests a second`);
  }
}

/** What can be changed past Pulumi. */
export class HandControls {
  private readonly choice = el("select", { id: "by-hand" });
  private readonly button = el("button", { type: "button" }, "Change");

  constructor(act: Act) {
    this.button.addEventListener("click", () => {
      act({ kind: "change", changeId: this.choice.value });
    });
    byId("hand").append(
      el(
        "div",
        { class: "field" },
        el("label", { for: "by-hand" }, "As somebody in the console would"),
        el("div", { class: "buttons" }, this.choice, this.button),
      ),
      el(
        "p",
        { class: "detail" },
        "Pulumi sees it as drift: ",
        el("code", {}, "preview --refresh"),
        " shows it, ",
        el("code", {}, "up --refresh"),
        " mends it.",
      ),
    );
  }

  show({ changes }: Picture): void {
    const shown = [...this.choice.options].map(({ value }) => value).join();
    this.button.disabled = changes.length === 0;
    if (shown === changes.map(({ id }) => id).join()) return;
    const { selectedIndex } = this.choice;
    this.choice.replaceChildren(
      ...changes.map(({ id, text }) => el("option", { value: id }, text)),
    );
    this.choice.selectedIndex = Math.min(Math.max(selectedIndex, 0), changes.length - 1);
  }
}
