/** A copy of the value with another one at the path. */
export function withValue<T>(whole: T, path: readonly string[], value: unknown): T;
export function withValue(whole: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  const parts = (whole ?? {}) as Record<string, unknown>;
  return { ...parts, [key]: withValue(parts[key], rest, value) };
}

/** A copy of the value without what is at the path. */
export function withoutValue<T>(whole: T, path: readonly string[]): T;
export function withoutValue(whole: unknown, [key, ...rest]: readonly string[]): unknown {
  if (typeof whole !== "object" || whole === null) return whole;
  const entries = Object.entries(whole).flatMap(([own, value]): [string, unknown][] => {
    if (own !== key) return [[own, value]];
    return rest.length === 0 ? [] : [[own, withoutValue(value, rest)]];
  });
  return Object.fromEntries(entries);
}
