import type { Action as RuleAction } from "../aws";
import { AwsError } from "../aws";
import type { Emulator } from "../emulator";
import type { SampleServer } from "../sampleServer";
import { readAccount } from "./account";
import { handChanges, makeCall } from "./handChanges";
import { type LoadGenerator, MOST_PER_SECOND } from "./load";
import type { NewMark } from "./marks";
import type { Action } from "./model";
import { defaultRuleId } from "./picture";

/** What was asked for can't be done; the message is for the one who asked. */
export class RefusedAction extends Error {}

const LONGEST_DELAY = 60_000;
const PATH = /^\/(?!\/)[\x21-\x7e]{0,200}$/;

/** Does what the page asks for; some of it is to be marked. */
export async function perform(
  action: Action,
  emulator: Emulator,
  load: LoadGenerator,
): Promise<NewMark | undefined> {
  try {
    return await attempt(action, emulator, load);
  } catch (error) {
    if (error instanceof AwsError) throw new RefusedAction(`${error.code}: ${error.message}`);
    throw error;
  }
}

async function attempt(
  action: Action,
  emulator: Emulator,
  load: LoadGenerator,
): Promise<NewMark | undefined> {
  const { elb } = emulator;
  switch (action.kind) {
    case "stop":
      await serverOf(emulator, action.serverId).stop();
      return undefined;
    case "start":
      await serverOf(emulator, action.serverId).start();
      return undefined;
    case "answer": {
      const { milliseconds, status } = action;
      serverOf(emulator, action.serverId).answers = { milliseconds, status };
      return undefined;
    }
    case "deregister":
      elb.deregisterTarget(action.groupId, { id: action.targetId, port: action.port });
      return undefined;
    case "register":
      elb.registerTarget(action.groupId, { id: action.targetId, port: action.port });
      return undefined;
    case "weight":
      return setWeight(action, emulator);
    case "load": {
      const { perSecond, path, listenerId } = action;
      load.set({ perSecond, path, listenerId });
      return { tone: "info", text: `${perSecond} requests a second to ${path}` };
    }
    case "change": {
      const found = handChanges(readAccount(emulator)).find(({ id }) => id === action.changeId);
      if (found === undefined) throw new RefusedAction("This can't be changed any more.");
      makeCall(emulator, found.call);
      return { tone: "info", text: `by hand: ${found.text}` };
    }
  }
}

function serverOf({ servers }: Emulator, id: string): SampleServer {
  const server = servers.get(id);
  if (server === undefined) throw new RefusedAction(`There is no server ${id}.`);
  return server;
}

async function setWeight(
  { ruleId, groupId, weight }: Extract<Action, { kind: "weight" }>,
  { elb }: Emulator,
): Promise<undefined> {
  const changed = (action: RuleAction): RuleAction => {
    if (!("targetGroups" in action)) throw new RefusedAction("It forwards to one group only.");
    const targetGroups = action.targetGroups.map((one) =>
      one.targetGroupArn === groupId ? { ...one, weight } : one,
    );
    return { ...action, targetGroups };
  };
  const listener = elb
    .describeListeners()
    .find(({ listenerArn }) => defaultRuleId(listenerArn) === ruleId);
  if (listener === undefined) {
    elb.modifyRule(ruleId, { action: changed(elb.describeRule(ruleId).action) });
    return undefined;
  }
  const defaultAction = changed(listener.defaultAction);
  await elb.modifyListener(listener.listenerArn, { ...listener, defaultAction });
  return undefined;
}

/** Reads what a page has sent; undefined for what no page sends. */
export function parseAction(text: string): Action | undefined {
  const fields = fieldsOf(text);
  const string = (name: string) => {
    const value = fields.get(name);
    if (typeof value !== "string") throw new RefusedAction(`${name} must be a text.`);
    return value;
  };
  const whole = (name: string, most: number, least = 0) => {
    const value = fields.get(name);
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    throw new RefusedAction(`${name} must be a whole number from ${least} to ${most}.`);
  };
  const kind = fields.get("kind");
  switch (kind) {
    case "stop":
    case "start":
      return { kind, serverId: string("serverId") };
    case "answer":
      return {
        kind,
        serverId: string("serverId"),
        milliseconds: whole("milliseconds", LONGEST_DELAY),
        status: whole("status", 599, 200),
      };
    case "register":
    case "deregister":
      return {
        kind,
        groupId: string("groupId"),
        targetId: string("targetId"),
        port: whole("port", 65_535),
      };
    case "weight":
      return {
        kind,
        ruleId: string("ruleId"),
        groupId: string("groupId"),
        weight: whole("weight", 999),
      };
    case "load": {
      const path = string("path");
      if (!PATH.test(path)) throw new RefusedAction("The path must begin with one slash.");
      return {
        kind,
        path,
        perSecond: whole("perSecond", MOST_PER_SECOND),
        listenerId: string("listenerId"),
      };
    }
    case "change":
      return { kind, changeId: string("changeId") };
    default:
      return undefined;
  }
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
