import { StickinessType, type ForwardArgs } from "../../args";
import { DEFAULTS } from "../../args/defaults";
import * as checks from "../../checks";
import { MAIN } from "../../plan/targetGroups";
import { authenticationChecks } from "./authenticationChecks";

const MAX_FORWARDED = 5;

/** The check of a forward to target groups. `known` are their keys. */
export function forwardCheck(known: readonly string[]): checks.PlainCheck {
  return checks.object<ForwardArgs>(
    {
      weights: weights(known),
      stickinessDuration: checks.seconds(0, 604800),
      managedElsewhere: checks.plain(checks.flag(), "it is an option of the resource"),
    },
    {
      defaults: DEFAULTS.Forward,
      required: ["weights"],
      otherNames: {
        targetGroups: "write weights: { key: weight } instead",
        stickiness: "write stickinessDuration instead",
      },
    },
  );
}

/** The check of a target group's key. */
export function groupKey(known: readonly string[]): checks.PlainCheck {
  const isKnown = new Set(known);
  const check: checks.Check = {
    accepts: { kind: "text" },
    visit(value, at) {
      if (typeof value !== "string") {
        const remedy = `use ${anyOf(known)}`;
        at.report("type", "must be the key of a target group", value, remedy);
      } else if (!isKnown.has(value)) {
        const problem = `names a target group that does not exist, ${at.formatted(value)}`;
        const write = checks.similar(value, known);
        at.reportText("unknown", `${problem}; ${remedyFor(write, known)}`, { write });
      }
      return value;
    },
  };
  return checks.plain(check, "it decides which target groups are created");
}

const anyOf = (known: readonly string[]) =>
  known.length === 1 ? `the only key, "${known[0]}"` : `one of the keys ${checks.listed(known)}`;

/** The remedy for an unknown key: the most similar known one, or all. */
function remedyFor(nearest: string | undefined, known: readonly string[]): string {
  return nearest === undefined
    ? `use ${anyOf(known)}, or add the target group to targetGroups`
    : `did you mean ${nearest}?`;
}

/** The check of the weights of target groups. */
function weights(known: readonly string[]): checks.PlainCheck {
  const isKnown = new Set(known);
  const weighed = checks.dictionary(checks.whole(0, 999), "weights", (key, at) => {
    if (isKnown.has(key)) return;
    const nearest = checks.similar(key, known);
    const problem = `is not the key of a target group; ${remedyFor(nearest, known)}`;
    at.reportRemoval("unknown", problem, nearest);
  });
  const check: checks.Check = {
    ...weighed,
    visit(value, at) {
      const keys = checks.entriesOf(value).map(([key]) => key);
      if (checks.isRecord(value) && keys.length === 0) {
        const remedy = `write { ${MAIN}: 1 } for the main target group`;
        at.reportText("too-few", `must have 1 or more target groups, got none; ${remedy}`);
      }
      if (keys.length > MAX_FORWARDED) {
        const must = `must have 1 to ${MAX_FORWARDED} target groups`;
        at.reportText("too-many", `${must}, got ${keys.length}; remove some`);
      }
      const checked = weighed.visit(value, at);
      return checks.isRecord(checked)
        ? checks.checkRelations(checked, [notAllZero(keys)], at)
        : checked;
    },
  };
  return checks.plain(
    check,
    "its keys decide which target groups are created",
    "pass an object with plain keys, in which the weights may be outputs",
  );
}

const notAllZero = (keys: readonly string[]): checks.Relation => ({
  properties: keys,
  check(values, at) {
    const all = Object.values(values);
    if (all.length === 0 || all.some((weight) => weight !== 0)) return;
    at.reportText(
      "conflict",
      "can't all be 0, because no target group would get requests; raise one of them",
    );
  },
});

/** Pulumi ignores changes of all actions together, so a change of the login would be lost in silence. */
export const managedAlone: checks.Relation = {
  properties: [],
  check(values, at) {
    if (checks.valueAt(values.forward, "managedElsewhere") !== true) return;
    const other = Object.keys(authenticationChecks).find((key) => values[key] !== undefined);
    if (other === undefined) return;
    at.key("forward")
      .key("managedElsewhere")
      .reportRemoval(
        "conflict",
        `can't be true with ${other}, because then Pulumi does not change that action either, and deployments of Amazon ` +
          `ECS fail with it; remove managedElsewhere or ${other}`,
      );
  },
};

/** Checks that a forward to several target groups is sticky if one of them is. */
export function checkStickiness(
  { targetGroup, targetGroups }: Readonly<Record<string, unknown>>,
  forward: unknown,
  at: { readonly root: checks.ArgumentPath; readonly forward: checks.ArgumentPath },
): void {
  const keys = checks.entriesOf(checks.valueAt(forward, "weights")).map(([key]) => key);
  if (keys.length < 2) return;
  for (const key of keys) {
    const settings = key === MAIN ? targetGroup : checks.valueAt(targetGroups, key);
    const argument =
      key === MAIN ? at.root.key("targetGroup") : at.root.key("targetGroups").key(key);
    const stickiness = checks.valueAt(settings, "stickiness");
    if (stickiness === undefined) continue;
    if (checks.valueAt(stickiness, "type") === StickinessType.AppCookie) {
      argument
        .key("stickiness")
        .key("type")
        .reportText(
          "conflict",
          "can't be app_cookie if requests are forwarded to several target groups; use lb_cookie, and remove cookieName",
        );
    } else if ((checks.valueAt(forward, "stickinessDuration") ?? 0) === 0) {
      at.forward
        .key("stickinessDuration")
        .reportText(
          "required",
          `must be at least 1 to forward to several target groups, because ${argument.path} has stickiness; set it ` +
            "to the number of seconds that a client stays with its first target group, such as 86400",
        );
      return;
    }
  }
}
