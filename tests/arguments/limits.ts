/** Numbers from `min` to `max`, and the one `or` outside of them; or these values. */
export type Fact =
  | { readonly min: number; readonly max: number; readonly or?: number }
  | { readonly values: readonly string[] };

/** A limit of numbers, choices or lists, in the component and in the emulator. */
export interface Limit {
  /** Keys of the user's own are called `a`. */
  readonly args?: readonly string[];
  /** Properties of the emulator's resource types. */
  readonly emulator?: readonly string[];
  /** Attributes of the emulator's load balancers, target groups and listeners, which are texts. */
  readonly attributes?: readonly string[];
  readonly source: Source;
}

/** Where a limit comes from. */
export type Source =
  /** A member of AWS's API model, and those of its values that are not supported. */
  | { readonly model: string; readonly except?: readonly string[] }
  /** What AWS's documentation says, where the model says nothing. */
  | { readonly documented: Fact; readonly page: string }
  /** What is chosen here, and why. */
  | { readonly own: Fact; readonly because: string };

/** A text that may be as long as a member of AWS's API model; `text` makes one of a length. */
export interface Length {
  readonly args: readonly string[];
  readonly model: string;
  readonly text: (length: number) => string;
}

const DOCS = "https://docs.aws.amazon.com/elasticloadbalancing/latest";
export const api = (name: string) => `${DOCS}/APIReference/API_${name}.html`;
export const guide = (name: string) => `${DOCS}/application/${name}.html`;

export const PORT = { min: 1, max: 65535 };
export const WEEK = { min: 1, max: 604_800 };

/** The protocols of load balancers of other types. */
export const OTHER_PROTOCOLS = ["TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"];

/** A property of the actions of listeners and of their rules, in the emulator. */
export const inActions = (path: string) =>
  ["listener.defaultActions", "listenerRule.actions"].map((actions) => `${actions}.${path}`);
