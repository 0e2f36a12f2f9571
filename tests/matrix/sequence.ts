import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { LoadBalancedGroupArgs } from "../../components/args";
import type { Run, Stage } from "../support/stage";

/** A group as it is deployed, and which of its target groups get the requests. */
export interface Deployed {
  readonly args: LoadBalancedGroupArgs;
  /** The program, if it is not the one that makes the group `web` with these arguments. */
  readonly program?: PulumiFn;
  /** The keys of the target groups for paths that a rule sends elsewhere than to those of `forward`. */
  readonly routes?: Readonly<Record<string, readonly string[]>>;
}

/** What AWS can't do without loss. */
export interface Loss {
  /** Why requests fail or are misrouted, and what to do instead. */
  readonly why: string;
  /** Where AWS, Pulumi or the provider says so. */
  readonly source: string;
  /** The warning of the preview, or the step in which it shows the change. */
  readonly shown: RegExp;
}

/** A change with a name, and the least that has to be done for it. */
export interface Change extends Deployed {
  readonly change: string;
  /** The steps of the update: "create web-tg", "replace web-tg". */
  readonly steps: readonly string[];
  /** The listener that clients know. Defaults to HTTPS if there is one before the change. */
  readonly clients?: "http" | "https";
  readonly loss?: Loss;
  /** What is done, if it is not an update alone. Returns the run whose steps count. */
  readonly run?: (stage: Stage, program: PulumiFn) => Promise<Run>;
  /** A group that is deployed in between, whose targets may serve too. */
  readonly between?: Deployed;
}

/** What is deployed at first, and changes of it, one after the other. */
export interface Plan {
  /** Is there already if `isThere`. */
  readonly start: Deployed & { readonly isThere?: boolean };
  readonly changes: readonly Change[];
}

export interface Sequence {
  /** What the changes have in common. */
  readonly name: string;
  readonly plan: (stage: Stage) => Plan | Promise<Plan>;
}
