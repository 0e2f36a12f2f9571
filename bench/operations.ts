/** What is timed, in the order in which a stack goes through it. */
export const OPERATIONS = ["preview", "update", "unchanged"] as const;
export type Operation = (typeof OPERATIONS)[number];

export const OPERATION_NAMES: Readonly<Record<Operation, string>> = {
  preview: "preview",
  update: "update",
  unchanged: "update without changes",
};
