import { StickinessType } from "../../args";
import * as checks from "../../checks";
import { MAIN } from "../../plan/targetGroups";

const MOST_FORWARDED = 5;

/** How requests are distributed over those target groups whose keys are known. */
export function forwardCheck(known: readonly string[]): checks.Check {
  return checks.object(
    { weights: weights(known), stickinessDuration: checks.whole(1, 604800, "seconds") },
    { required: ["weights"] },
  );
}

/** The key of a target group. */
export function groupKey(known: readonly string[]): checks.Check {
  const isKnown = new Set(known);
  return checks.plain(
    {
      visit(value, at) {
        if (typeof value !== "string") {
          const remedy = `write one of ${checks.listed(known)}`;
          at.report("must be the key of a target group", value, remedy);
        } else if (!isKnown.has(value)) {
          at.state(`names no target group ${at.shown(value)}; ${checks.suggestion(value, known)}`);
        }
        return value;
      },
    },
    "it decides which target groups are made",
  );
}

/** The weights of those target groups that requests are forwarded to. */
function weights(known: readonly string[]): checks.Check {
  const isKnown = new Set(known);
  return checks.plain(
    {
      visit(value, at) {
        const keys = checks.entriesOf(value).map(([key]) => key);
        const weighed = checks.dictionary(checks.whole(0, 999), "weights", (key, place) => {
          if (isKnown.has(key)) return;
          place.state(`names no target group; ${checks.suggestion(key, known)}`);
        });
        if (checks.isRecord(value) && keys.length === 0) {
          at.report(
            "must name at least 1 target group",
            value,
            `write { ${MAIN}: 1 } for the main one`,
          );
        }
        if (keys.length > MOST_FORWARDED) {
          at.state(
            `must name 1 to ${MOST_FORWARDED} target groups, got ${keys.length}; leave some out`,
          );
        }
        const checked = weighed.visit(value, at);
        return checks.isRecord(checked) ? checks.related(checked, [notAllZero(keys)], at) : checked;
      },
    },
    "its keys decide which target groups are made; only the weights in it may be outputs",
  );
}

const notAllZero = (keys: readonly string[]): checks.Relation => ({
  of: keys,
  judge(values, at) {
    const all = Object.values(values);
    if (all.length === 0 || all.some((weight) => weight !== 0)) return;
    at.state("must not all be 0, since nobody would serve; give one of them a weight");
  },
});

/** Which groups of several are sticky decides whether the choice of a group must be, too. */
export function checkStickiness(
  { targetGroup, targetGroups }: Readonly<Record<string, unknown>>,
  forward: unknown,
  at: { readonly root: checks.ArgumentPath; readonly forward: checks.ArgumentPath },
): void {
  const keys = checks.entriesOf(checks.valueAt(forward, "weights")).map(([key]) => key);
  if (keys.length < 2) return;
  for (const key of keys) {
    const settings = key === MAIN ? targetGroup : checks.valueAt(targetGroups, key);
    const place = key === MAIN ? at.root.key("targetGroup") : at.root.key("targetGroups").key(key);
    const stickiness = checks.valueAt(settings, "stickiness");
    if (stickiness === undefined) continue;
    if (checks.valueAt(stickiness, "type") === StickinessType.AppCookie) {
      place
        .key("stickiness")
        .key("type")
        .state("can't be app_cookie in a group that shares requests with others; choose lb_cookie");
    } else if (checks.valueAt(forward, "stickinessDuration") === undefined) {
      at.forward
        .key("stickinessDuration")
        .state(`is required, since ${place.path} is sticky; give it a value`);
      return;
    }
  }
}
