/** The type token and the logical name in a URN: urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME. */
export function parseUrn(urn: string): { token: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { token: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
