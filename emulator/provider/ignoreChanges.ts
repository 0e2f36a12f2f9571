import { isObject, type Properties, type Value } from "./values";

/**
 * The inputs with what the state has in place of each property that the program ignores changes of. The engine puts
 * the former inputs there, but a property may have been changed outside of Pulumi since. The real provider's bridge
 * takes such a property out of the difference between state and inputs, so the provider does not send it.
 */
export function withoutIgnored(
  state: Properties,
  inputs: Properties,
  ignored: readonly string[],
): Properties {
  return ignored.reduce(
    (news, path) => keptIn(state, news, path.match(/[^.[\]"]+/g) ?? []),
    inputs,
  );
}

function keptIn(old: Properties, now: Properties, steps: readonly string[]): Properties {
  const [step, ...further] = steps;
  const names = step === "*" ? Object.keys(now) : [step];
  return {
    ...now,
    ...Object.fromEntries(names.map((name) => [name, kept(old[name], now[name], further)])),
  };
}

function kept(
  old: Value | undefined,
  now: Value | undefined,
  steps: readonly string[],
): Value | undefined {
  if (steps.length === 0) return old;
  if (isObject(old) && isObject(now)) return keptIn(old, now, steps);
  if (!Array.isArray(old) || !Array.isArray(now)) return now;
  const [step, ...further] = steps;
  return now.map((item, position) =>
    step === "*" || step === String(position) ? (kept(old[position], item, further) ?? item) : item,
  );
}
