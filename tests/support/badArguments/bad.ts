/** Arguments that are refused: what is added to good ones, where the fault is, and words about it. */
export interface BadArguments {
  readonly args: object;
  readonly path: string;
  /** What the reason must contain: the value, the rule and the remedy. */
  readonly says: readonly string[];
}

export const bad = (path: string, args: object, ...says: string[]): BadArguments => ({
  args,
  path,
  says,
});
