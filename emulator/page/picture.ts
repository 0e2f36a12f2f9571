import type {
  Action,
  Authentication,
  ListenerRule,
  RedirectAction,
  RuleCondition,
  RuleTransform,
  TargetDescription,
  TargetGroup,
  TargetState,
} from "../aws";
import type { AccountState, ServerState } from "./account";
import { type HandChange, handChanges } from "./handChanges";

export interface ListenerNode {
  readonly id: string;
  readonly loadBalancer: string;
  readonly protocol: string;
  readonly port: number;
  /** Where it answers on this machine; empty while it is being opened. */
  readonly url: string;
}

/** Where a rule sends requests. */
export interface Forward {
  readonly groupId: string;
  readonly weight: number;
  /** Of the rule's requests, from 0 to 1. */
  readonly share: number;
}

export interface RuleNode {
  readonly id: string;
  readonly listenerId: string;
  /** Missing for the listener's default action. */
  readonly priority?: number;
  readonly condition: string;
  readonly action: string;
  readonly forwards: readonly Forward[];
}

export interface GroupNode {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly healthCheck: string;
  /** The port that a target is registered with unless another one is asked for. */
  readonly port: number;
  readonly ofInstances: boolean;
}

export interface TargetNode {
  readonly id: string;
  readonly groupId: string;
  readonly targetId: string;
  readonly port: number;
  readonly zone: string;
  readonly state: TargetState;
  readonly reason?: string;
  readonly description?: string;
}

export interface ServerNode extends ServerState {
  readonly id: string;
  readonly zone: string;
  readonly address: string;
}

/** The account as a map: each kind of node in its order, with the ids of what it belongs to. */
export interface Picture {
  readonly region: string;
  readonly accountId: string;
  readonly loadBalancers: readonly {
    readonly name: string;
    readonly scheme: string;
    readonly zones: readonly string[];
  }[];
  readonly listeners: readonly ListenerNode[];
  readonly rules: readonly RuleNode[];
  readonly groups: readonly GroupNode[];
  readonly targets: readonly TargetNode[];
  readonly servers: readonly ServerNode[];
  readonly changes: readonly Omit<HandChange, "call">[];
}

/** The id of a listener's default action in the map. */
export const defaultRuleId = (listenerArn: string) => `${listenerArn}#default`;

export const targetNodeId = (targetGroupArn: string, { id, port }: TargetDescription) =>
  `${targetGroupArn} ${id}:${port}`;

/** Draws the map of an account. */
export function pictureOf(state: AccountState): Picture {
  const names = new Map(
    state.loadBalancers.map(({ loadBalancerArn, loadBalancerName }) => [
      loadBalancerArn,
      loadBalancerName,
    ]),
  );
  const listeners = [...state.listeners].sort((one, other) => one.port - other.port);
  const rules = listeners.flatMap((listener) => {
    const own = state.rules.filter(({ listenerArn }) => listenerArn === listener.listenerArn);
    return [
      ...own.sort((one, other) => one.priority - other.priority).map(ruleNode),
      {
        id: defaultRuleId(listener.listenerArn),
        listenerId: listener.listenerArn,
        condition: "all other requests",
        ...actionsOf(listener.defaultAction, listener.authenticate),
      },
    ];
  });
  const groups = ordered(state.targetGroups, rules);
  const zones = new Map(
    state.servers.map((server) => [server.instanceId, server.availabilityZone]),
  );
  const byAddress = new Map(
    state.servers.map((server) => [server.privateIpAddress, server.availabilityZone]),
  );
  return {
    region: state.region,
    accountId: state.accountId,
    loadBalancers: state.loadBalancers.map(({ loadBalancerName, scheme, subnets }) => ({
      name: loadBalancerName,
      scheme,
      zones: subnets.map(({ availabilityZone }) => availabilityZone),
    })),
    listeners: listeners.map(({ listenerArn, loadBalancerArn, protocol, port, url }) => ({
      id: listenerArn,
      loadBalancer: names.get(loadBalancerArn) ?? loadBalancerArn,
      protocol,
      port,
      url,
    })),
    rules,
    groups: groups.map(groupNode),
    targets: groups.flatMap(({ targetGroupArn, targets }) =>
      targets
        .map(({ target, state: health, reason, description }): TargetNode => ({
          id: targetNodeId(targetGroupArn, target),
          groupId: targetGroupArn,
          targetId: target.id,
          port: target.port,
          zone: target.availabilityZone ?? zones.get(target.id) ?? byAddress.get(target.id) ?? "",
          state: health,
          reason,
          description,
        }))
        .sort((one, other) => compare(one.zone, other.zone) || compare(one.id, other.id)),
    ),
    servers: state.servers
      .map((server) => ({
        id: server.instanceId,
        zone: server.availabilityZone,
        address: server.privateIpAddress,
        isRunning: server.isRunning,
        milliseconds: server.milliseconds,
        status: server.status,
      }))
      .sort((one, other) => compare(one.id, other.id)),
    changes: handChanges(state).map(({ id, text }) => ({ id, text })),
  };
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The groups in the order in which rules name them, so that few lines of the map cross. */
function ordered<Group extends TargetGroup>(
  groups: readonly Group[],
  rules: readonly RuleNode[],
): Group[] {
  const named = rules.flatMap(({ forwards }) => forwards.map(({ groupId }) => groupId));
  const place = ({ targetGroupArn }: Group) => {
    const index = named.indexOf(targetGroupArn);
    return index < 0 ? named.length : index;
  };
  return [...groups].sort((one, other) => place(one) - place(other));
}

function ruleNode({
  ruleArn,
  listenerArn,
  priority,
  conditions,
  action,
  authenticate,
  transforms,
}: ListenerRule) {
  return {
    id: ruleArn,
    listenerId: listenerArn,
    priority,
    condition: conditions.map(describeCondition).join(" and "),
    ...actionsOf(action, authenticate, transforms),
  };
}

/** All that is done with a request, one after the other. */
function actionsOf(
  action: Action,
  authenticate: Authentication | undefined,
  transforms: readonly RuleTransform[] = [],
): Pick<RuleNode, "action" | "forwards"> {
  const { action: text, forwards } = actionOf(action);
  const rewritten = transforms.length === 0 ? text : `rewrites, then ${text}`;
  return {
    action: authenticate === undefined ? rewritten : `${stepOf(authenticate)}, then ${rewritten}`,
    forwards,
  };
}

const stepOf = ({ type }: Authentication) =>
  type === "jwt-validation" ? "validates tokens" : "log in";

const FIELDS = {
  "host-header": "host",
  "path-pattern": "path",
  "http-request-method": "method",
  "source-ip": "source",
} as const;

function describeCondition(condition: RuleCondition): string {
  switch (condition.field) {
    case "http-header":
      return `${condition.httpHeaderName}: ${valuesIn(condition)}`;
    case "query-string":
      return condition.values
        .map(({ key, value }) => (key === undefined ? `?${value}` : `?${key}=${value}`))
        .join(" or ");
    default:
      return `${FIELDS[condition.field]} ${valuesIn(condition)}`;
  }
}

function valuesIn({ values, isRegex }: { values: readonly string[]; isRegex?: true }): string {
  const all = values.join(" or ");
  return isRegex ? `matches ${all}` : all;
}

function actionOf(action: Action): Pick<RuleNode, "action" | "forwards"> {
  if (action.type === "fixed-response") {
    return { action: `answers ${action.statusCode}`, forwards: [] };
  }
  if (action.type === "redirect") {
    return { action: `redirects to ${placeOf(action)}`, forwards: [] };
  }
  const weighted =
    "targetGroups" in action
      ? action.targetGroups
      : [{ targetGroupArn: action.targetGroupArn, weight: 1 }];
  const sum = weighted.reduce((total, { weight }) => total + weight, 0);
  return {
    action: weighted.length > 1 ? "forwards by weight" : "forwards",
    forwards: weighted.map(({ targetGroupArn, weight }) => ({
      groupId: targetGroupArn,
      weight,
      share: sum === 0 ? 0 : weight / sum,
    })),
  };
}

/** What a redirect changes; the rest stays as it was asked for. */
function placeOf({ protocol, host, port, path, query }: RedirectAction): string {
  const scheme = protocol === "#{protocol}" ? "" : `${protocol.toLowerCase()}://`;
  const number = port === "#{port}" ? "" : `:${port}`;
  const isSame = host === "#{host}";
  const name = isSame ? (scheme + number === "" ? "" : "…") : host;
  const rest = path === "/#{path}" ? "" : path;
  const search = query === "#{query}" || query === "" ? "" : `?${query}`;
  return `${scheme}${name}${number}${rest}${search}`;
}

function groupNode(group: TargetGroup): GroupNode {
  const { targetType, healthCheck: check } = group;
  const isFunction = targetType === "lambda";
  return {
    id: group.targetGroupArn,
    name: group.targetGroupName,
    detail: isFunction ? "Lambda function" : `${group.protocol} ${group.port}, ${targetType}s`,
    healthCheck:
      check.enabled === false
        ? "no health checks"
        : `checks ${check.path} every ${check.intervalSeconds} s`,
    port: group.port,
    ofInstances: targetType === "instance",
  };
}
