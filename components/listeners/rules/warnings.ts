import {
  Protocol,
  type DomainArgs,
  type LoadBalancedGroupArgs,
  type RedirectArgs,
  type RuleArgs,
} from "../../args";
import { plannedListeners, redirectPort, type PlannedListener } from "../../plan/listeners";
import { priorityOf, type RuleConditions } from "../../plan/priorities";
import { keysOfListener } from "../../plan/targetGroups";
import { valueAt } from "../../checks";
import { groupsIn } from "./regularExpressionChecks";
import { rewriteChecks } from "./rewriteChecks";
import { coversPattern, coversRule, hasUnknownRequests, overlapsRule } from "./conditionMatching";

/** A rule with its priority. */
interface Ranked {
  readonly key: string;
  readonly path: string;
  readonly rule: RuleArgs;
  readonly priority: number;
}

/** More rules are not compared with each other, because that would take too long. */
const MAX_RULES = 300;
const MAX_NAMED = 3;

/** Warns of rules and redirects that AWS accepts, but that do not do what they look like. */
export function ruleWarnings(args: LoadBalancedGroupArgs): string[] {
  const listeners = plannedListeners(args);
  const redirect = redirectPort(args);
  const protocols = new Map<number, Protocol>([
    ...(redirect === undefined ? [] : [[redirect, Protocol.HTTP] as const]),
    ...listeners.map(({ port, protocol }) => [port, protocol] as const),
  ]);
  return [
    ...listeners.flatMap((listener) => listenerWarnings(listener, protocols, args.domain)),
    ...waysAround(listeners),
  ];
}

/** Warns of listeners that forward without a login or a token to a target group for which another listener demands one. */
function waysAround(listeners: readonly PlannedListener[]): string[] {
  const guards = listeners.flatMap((listener) => {
    const demand = demandOf(listener.settings);
    return demand === undefined ? [] : [{ ...listener, demand }];
  });
  return listeners
    .filter(({ settings }) => demandOf(settings) === undefined)
    .flatMap(({ settings, port, protocol, pathPrefix }) => {
      const open = groupsByDefault(settings);
      const reached = guards
        .flatMap((guard) => groupsByDefault(guard.settings).map((key) => ({ key, guard })))
        .find(({ key }) => open.includes(key));
      if (reached === undefined) return [];
      const { key, guard } = reached;
      const remedy =
        protocol === Protocol.HTTPS
          ? `set ${guard.demand.remedies.map((name) => pathPrefix + name).join(" or ")}${pathPrefix === "" ? " at the top level of the arguments" : ""}`
          : `set ${pathPrefix}defaultAction.redirect to redirect to HTTPS`;
      return [
        `requests on port ${port} reach the target group "${key}" without a ${guard.demand.what}, but requests on port ` +
          `${guard.port} need one; ${remedy}; if this is meant, ignore this warning`,
      ];
    });
}

/** The keys of the target groups to which the default action of a listener forwards. */
const groupsByDefault = ({ defaultAction, forward }: PlannedListener["settings"]) =>
  keysOfListener({ defaultAction, forward }) ?? [];

/** The warnings of one listener. `protocols` are those of all ports of the load balancer. */
function listenerWarnings(
  listener: PlannedListener,
  protocols: ReadonlyMap<number, Protocol>,
  domain: DomainArgs | undefined,
): string[] {
  const { settings, pathPrefix } = listener;
  const ranked = rankedRules(settings.rules, (key) => key, pathPrefix);
  const compared = ranked.length > MAX_RULES ? [] : ranked;
  const ofRules = compared.flatMap((one, index) => {
    const earlier = compared.slice(0, index);
    const isAsked = takesAll(one, earlier) === undefined;
    return [
      ...orderWarnings(one, earlier),
      ...(isAsked ? redirectLoop(one, earlier, listener, domain) : []),
    ];
  });
  return [
    ...ofRules,
    ...defaultLoop(compared, listener, domain),
    ...deadEnds(ranked, listener, protocols),
    ...missingGroups(ranked),
  ];
}

/** Warns of rules of a service that take requests from each other. */
export function serviceRuleWarnings(
  rules: Readonly<Record<string, RuleArgs>>,
  labelOf: (key: string) => string,
): string[] {
  const ranked = rankedRules(rules, labelOf);
  const compared = ranked.length > MAX_RULES ? [] : ranked;
  return [
    ...compared.flatMap((one, index) => orderWarnings(one, compared.slice(0, index))),
    ...missingGroups(ranked),
  ];
}

/** Warns of rewrites with a group that the regular expression does not have. */
function missingGroups(ranked: readonly Ranked[]): string[] {
  return ranked.flatMap(({ path, rule }) =>
    Object.keys(rewriteChecks).flatMap((key) => {
      const [regex, replace] = ["regex", "replace"].map((one) => valueAt(valueAt(rule, key), one));
      if (typeof regex !== "string" || typeof replace !== "string") return [];
      const count = groupsIn(regex);
      const missing = [...replace.matchAll(/\$([1-9])/g)].find(
        ([, group]) => Number(group) > count,
      );
      if (missing === undefined) return [];
      const has = count === 0 ? "no group" : `only ${count} ${count === 1 ? "group" : "groups"}`;
      return [
        `${path}.${key}.replace: ${missing[0]} stands for a group in parentheses, but regex has ${has}; add the group to ` +
          "regex, or use another number",
      ];
    }),
  );
}

/** The rules in the order of their priorities. */
function rankedRules(
  rules: Readonly<Record<string, RuleArgs>> = {},
  labelOf: (key: string) => string,
  pathPrefix = "",
): Ranked[] {
  const all = Object.entries(rules).map(([key, rule]): Ranked => ({
    key,
    path: `${pathPrefix}rules.${key}`,
    rule,
    priority: rule.priority ?? priorityOf(labelOf(key), rule),
  }));
  return all.sort((one, other) => one.priority - other.priority);
}

function orderWarnings(one: Ranked, earlier: readonly Ranked[]): string[] {
  const taking = takesAll(one, earlier);
  return taking === undefined ? passedBy(one, earlier) : [neverAsked(one, taking)];
}

/** An earlier rule that gets all requests of this one. */
const takesAll = (one: Ranked, earlier: readonly Ranked[]) =>
  earlier.find(({ rule }) => coversRule(rule, one.rule));

function neverAsked({ path, priority }: Ranked, taking: Ranked): string {
  const order =
    taking.priority > 1
      ? `${path}.priority to a number below ${taking.priority}`
      : `${taking.path}.priority to a number above ${priority}`;
  return (
    `${path} never gets a request, because ${taking.path} comes first (priority ${taking.priority} before ` +
    `${priority}) and matches all of its requests; set ${order}, or remove ${path}`
  );
}

/** The rules that serve requests before a rule that denies them, or that demands a login or a token for them. */
function passedBy(one: Ranked, earlier: readonly Ranked[]): string[] {
  const guards = guardOf(one.rule);
  if (guards === undefined || one.rule.priority !== undefined) return [];
  const passing = earlier.filter(
    ({ rule }) =>
      rule.priority === undefined &&
      serves(rule) &&
      !(guards === demandOf(one.rule)?.guards && demandOf(rule) !== undefined) &&
      // A rule for some of the requests only is an exception that is meant.
      !coversRule(one.rule, rule) &&
      ![one.rule, rule].some(hasUnknownRequests) &&
      overlapsRule(one.rule, rule),
  );
  if (passing.length === 0) return [];
  const more = passing.length > MAX_NAMED ? ` and ${passing.length - MAX_NAMED} more` : "";
  const names = passing.slice(0, MAX_NAMED).map(({ path }) => path);
  const come = passing.length === 1 ? "comes first and serves" : "come first and serve";
  return [
    `${one.path} ${guards}, but ${names.join(", ")}${more} ${come} some of its requests; set ` +
      `${one.path}.priority to a number below ${passing[0].priority}, or to ${one.priority} to keep this order ` +
      "without a warning",
  ];
}

function guardOf(rule: RuleArgs): string | undefined {
  const { fixedResponse } = rule;
  const status = fixedResponse?.statusCode;
  if (typeof status === "number" && status >= 400) return "denies requests";
  return demandOf(rule)?.guards;
}

/** What a rule or a listener demands of a request before its action. */
interface Demand {
  readonly what: string;
  /** The same of a rule. */
  readonly guards: string;
  /** The arguments by which another listener demands it too. */
  readonly remedies: readonly string[];
}

const LOGIN: Demand = {
  what: "login",
  guards: "logs users in",
  remedies: ["authenticateOidc", "authenticateCognito"],
};

const TOKEN: Demand = {
  what: "JSON web token",
  guards: "validates tokens",
  remedies: ["jwtValidation"],
};

function demandOf({
  authenticateOidc,
  authenticateCognito,
  jwtValidation,
}: Pick<RuleArgs, "authenticateOidc" | "authenticateCognito" | "jwtValidation">):
  Demand | undefined {
  if ((authenticateOidc ?? authenticateCognito) !== undefined) return LOGIN;
  return jwtValidation === undefined ? undefined : TOKEN;
}

const serves = ({ targetGroup, forward }: RuleArgs) =>
  targetGroup !== undefined || forward !== undefined;

const ENDLESS = "clients are redirected until they give up";

/** A redirect to a URL that the same rule redirects again. */
function redirectLoop(
  { path, rule }: Ranked,
  earlier: readonly Ranked[],
  listener: PlannedListener,
  domain: DomainArgs | undefined,
): string[] {
  const target = rule.redirect && loopTarget(rule.redirect, rule, listener, domain);
  if (target === undefined || earlier.some((one) => overlapsRule(one.rule, target))) return [];
  return [
    `${path}.redirect leads to a URL that meets the conditions of ${path}, so ${ENDLESS}; redirect to another URL, ` +
      `change the conditions of ${path}, or add a rule for that URL that comes before ${path}`,
  ];
}

/** A default redirect to a URL that no rule matches. */
function defaultLoop(
  rules: readonly Ranked[],
  listener: PlannedListener,
  domain: DomainArgs | undefined,
): string[] {
  const redirect = listener.settings.defaultAction?.redirect;
  const target = redirect && loopTarget(redirect, {}, listener, domain);
  if (target === undefined || rules.some(({ rule }) => overlapsRule(rule, target))) return [];
  return [
    `${listener.pathPrefix}defaultAction.redirect leads to a URL that no rule matches, so the default action ` +
      `redirects it again, and ${ENDLESS}; redirect to another URL, or add a rule for that URL`,
  ];
}

/** The conditions of redirected requests, if they meet the given ones again. */
function loopTarget(
  redirect: RedirectArgs,
  conditions: RuleConditions,
  listener: PlannedListener,
  domain: DomainArgs | undefined,
): RuleConditions | undefined {
  const known = plainPartsOf(redirect);
  if (known === undefined || !staysAtListener(known, listener)) return undefined;
  // A changed query counts as another URL.
  if (conditions.queryStrings !== undefined && !isKept(known.query, "#{query}")) return undefined;
  // Whether a regular expression matches another host or path is not judged.
  const { hostHeaderRegexValues: hostRegexes, pathPatternRegexValues: pathRegexes } = conditions;
  if (hostRegexes !== undefined && !isKept(known.host, "#{host}")) return undefined;
  if (pathRegexes !== undefined && !isKept(known.path, "/#{path}")) return undefined;
  const hosts = hostsAfter(known.host, conditions.hostHeaders, domain);
  const paths = pathsAfter(known.path, conditions.pathPatterns);
  if (hosts === undefined || paths === undefined) return undefined;
  return { ...conditions, hostHeaders: hosts.values, pathPatterns: paths.values };
}

/** The values that meet a condition again; none if there is no such condition. */
interface Again {
  readonly values: string[] | undefined;
}

/** The hosts to which a redirect leads and which the rule matches; undefined if there are none. */
function hostsAfter(
  host: string | undefined,
  patterns: readonly string[] | undefined,
  domain: DomainArgs | undefined,
): Again | undefined {
  if (isKept(host, "#{host}")) return { values: patterns && [...patterns] };
  const names = domain === undefined ? [] : [domain.name, ...(domain.alternativeNames ?? [])];
  // Without a condition, only the names of the domain certainly lead here.
  const own = (patterns ?? names).map((one) => one.toLowerCase());
  const targets = (patterns ?? [""]).map((one) => host.replaceAll("#{host}", one).toLowerCase());
  return matchedBy(own, targets);
}

/** The paths to which a redirect leads and which the rule matches; undefined if there are none. */
function pathsAfter(
  path: string | undefined,
  patterns: readonly string[] | undefined,
): Again | undefined {
  if (isKept(path, "/#{path}")) return { values: patterns && [...patterns] };
  const own = patterns ?? ["*"];
  const targets = own.map((one) =>
    path.replaceAll("#{path}", one.replace(/^\//, "")).replace(/#\{(host|port)\}/g, "*"),
  );
  return matchedBy(own, targets);
}

function matchedBy(patterns: readonly string[], targets: readonly string[]): Again | undefined {
  const values = targets.filter((target) => patterns.some((one) => coversPattern(one, target)));
  return values.length === 0 ? undefined : { values };
}

const isKept = (value: string | undefined, keyword: string): value is undefined =>
  value === undefined || value === keyword;

/** The parts of a redirect; undefined if some are outputs. */
interface Parts {
  readonly protocol?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly query?: string;
}

function plainPartsOf({ protocol, host, port, path, query }: RedirectArgs): Parts | undefined {
  const isText = (value: unknown): value is string | undefined =>
    value === undefined || typeof value === "string";
  const areTexts = isText(protocol) && isText(host) && isText(path) && isText(query);
  if (!areTexts || !(port === undefined || typeof port === "number")) return undefined;
  return { protocol, host, port, path, query };
}

function staysAtListener({ protocol, port }: Parts, listener: PlannedListener): boolean {
  return (
    (protocol ?? listener.protocol) === listener.protocol &&
    (port ?? listener.port) === listener.port
  );
}

/** Redirects to a port of this load balancer on which nothing answers, or not in that protocol. */
function deadEnds(
  rules: readonly Ranked[],
  { settings, pathPrefix, ...listener }: PlannedListener,
  protocols: ReadonlyMap<number, Protocol>,
): string[] {
  const named = [
    [`${pathPrefix}defaultAction`, settings.defaultAction?.redirect] as const,
    ...rules.map(({ path, rule }) => [path, rule.redirect] as const),
  ];
  return named.flatMap(([path, redirect]) => {
    const known = redirect && plainPartsOf(redirect);
    if (known === undefined || !isKept(known.host, "#{host}")) return [];
    const { protocol = listener.protocol, port = listener.port } = known;
    const served = protocols.get(port);
    if (served === undefined) {
      return [
        `${path}.redirect leads to port ${port} of the same host, on which this group has no listener; unless something ` +
          "else serves that port, set another port or host",
      ];
    }
    if (served === protocol || protocol !== Protocol.HTTPS) return [];
    const [secure] = [...protocols].find(([, one]) => one === Protocol.HTTPS) ?? [];
    const remedy =
      secure === undefined
        ? `for HTTPS at this load balancer, remove ${path}, and set certificateArn or domain: the HTTP listener then ` +
          `redirects all requests; for HTTPS elsewhere, set ${path}.redirect.port to the port there`
        : `set ${path}.redirect.port to ${secure}, or to the port where HTTPS is served`;
    return [
      `${path}.redirect leads to HTTPS on port ${port}, where the HTTP listener is; ${remedy}`,
    ];
  });
}
