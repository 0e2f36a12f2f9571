import type { ServerState } from "./account";
import type { HandChange } from "./handChanges";
import type { Mark } from "./marks";
import type { Picture } from "./picture";
import type { Load } from "./load";
import type { Deployment } from "./deployment";
import type { Flow, RequestEntry, Second } from "./traffic";

export type {
  Deployment,
  Flow,
  HandChange,
  Load,
  Mark,
  Picture,
  RequestEntry,
  Second,
  ServerState,
};

/** What a page shows; all of it when it opens, and then what has changed. */
export interface Shown {
  /** What to do while nothing is deployed. */
  readonly hint: string;
  readonly picture: Picture;
  readonly deployment: Deployment | undefined;
  readonly load: Load;
  readonly seconds: readonly Second[];
  readonly marks: readonly Mark[];
  readonly requests: readonly RequestEntry[];
}

/** What has changed: new values of the first three, and what is to be appended to the lists. */
export type Change = Partial<Omit<Shown, "hint">> & { readonly flows?: readonly Flow[] };

/** What a page asks for. */
export type Action =
  | { readonly kind: "stop" | "start"; readonly serverId: string }
  | {
      readonly kind: "answer";
      readonly serverId: string;
      readonly milliseconds: number;
      readonly status: number;
    }
  | {
      readonly kind: "register" | "deregister";
      readonly groupId: string;
      readonly targetId: string;
      readonly port: number;
    }
  | {
      readonly kind: "weight";
      readonly ruleId: string;
      readonly groupId: string;
      readonly weight: number;
    }
  | {
      readonly kind: "load";
      readonly perSecond: number;
      readonly path: string;
      readonly listenerId: string;
    }
  | { readonly kind: "change"; readonly changeId: string };
