type Resource = Readonly<Record<string, unknown>> & { urn: string; id?: string };

/** What of a resource differs between two deployments of the same arguments. */
const DIFFERENT = [
  "id",
  "outputs",
  "created",
  "modified",
  "provider",
  "sourcePosition",
  "stackTrace",
];

/**
 * A saved state in a form that can be compared: resources by their URNs, without outputs, which a refresh
 * compares, and with the resources' names instead of their IDs.
 */
export function stateInShort(text: string, stack: string): unknown {
  const { checkpoint } = JSON.parse(text) as {
    checkpoint: { latest: { resources?: Resource[]; pending_operations?: unknown[] } };
  };
  const { resources = [], pending_operations: pending = [] } = checkpoint.latest;
  const labels = new Map<string, string>([[stack, "<stack>"]]);
  for (const { urn, id, outputs } of resources) {
    const label = `<${urn.split("::").slice(2).join(" ")}>`;
    const { arn, arnSuffix, dnsName } = (outputs ?? {}) as Partial<Record<string, string>>;
    const all = [id, arn, arnSuffix, dnsName];
    for (const one of all) if (one !== undefined && one.length > 8) labels.set(one, label);
  }
  const known = [...labels].sort(([one], [other]) => other.length - one.length);
  const short = (value: string) =>
    known
      .reduce((rest, [id, label]) => rest.replaceAll(id, label), value)
      .replace(/-[0-9a-f]{7}\b/g, "");
  const entries = resources
    .filter(({ urn }) => !urn.includes("::pulumi:providers:"))
    .map((resource): [string, unknown] => {
      const rest = Object.entries(resource).filter(([key]) => !DIFFERENT.includes(key));
      const mark = resource.delete === true ? " (to be deleted)" : "";
      return [short(resource.urn) + mark, plain(Object.fromEntries(rest), short)];
    });
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return { resources: Object.fromEntries(sorted), pending: pending.length };
}

function plain(value: unknown, short: (text: string) => string): unknown {
  if (typeof value === "string") return short(value);
  if (Array.isArray(value)) {
    const all = value.map((one) => plain(one, short));
    return all.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    // A name that was made is no default any more in a second update, because changes of it are ignored.
    .filter(([key]) => key !== "__defaults")
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, plain(one, short)]));
}
