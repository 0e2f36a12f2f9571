import { CERTIFICATE } from "../groups";

/** One argument, the resource that it reaches, and what stands there. */
export interface Reached {
  /** Where the argument stands; keys of the user's own are called `key`. */
  readonly path: string;
  readonly value: unknown;
  /** The child's name, and where in its inputs the argument arrives. */
  readonly child: string;
  readonly property: string;
  readonly expected: unknown;
  /** The other arguments without which this one means nothing. */
  readonly beside: object;
}

export function reaches(
  path: string,
  value: unknown,
  target: string,
  expected: unknown = value,
  beside: object = {},
): Reached {
  const [child, property] = target.split(" ");
  return { path, value, child, property, expected, beside };
}

/** What HTTPS takes. */
export const HTTPS = { certificateArn: CERTIFICATE };
