import { type TextProperty } from "../properties";

const LONGEST_NAME = 32;
const LONGEST_PREFIX = 6;

/** The name of a load balancer or a target group: it must be unique, so a change of it replaces. */
export function nameProperty(isForLoadBalancer: boolean): TextProperty {
  return {
    kind: "string",
    computed: true,
    forceNew: true,
    fault: (name) => nameFault(name, isForLoadBalancer),
  };
}

export const NAME_PREFIX: TextProperty = {
  kind: "string",
  computed: true,
  forceNew: true,
  fault: (prefix) =>
    prefix.length > LONGEST_PREFIX
      ? `to have at most ${LONGEST_PREFIX} characters, got ${prefix}`
      : charactersFault(prefix),
};

function nameFault(name: string, isForLoadBalancer: boolean): string | undefined {
  if (name.length > LONGEST_NAME) {
    return `to have at most ${LONGEST_NAME} characters, got ${name}`;
  }
  if (isForLoadBalancer && name.startsWith("internal-")) {
    return `not to begin with "internal-", got ${name}`;
  }
  return name.endsWith("-") ? `not to end with a hyphen, got ${name}` : charactersFault(name);
}

function charactersFault(text: string): string | undefined {
  if (text.startsWith("-")) {
    return `not to begin with a hyphen, got ${text}`;
  }
  return /^[A-Za-z0-9-]*$/.test(text)
    ? undefined
    : `to have letters, digits and hyphens only, got ${text}`;
}
