import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";

/** The group that resources are created for: its name, its checked arguments, and itself, their parent. */
export interface Scope {
  readonly name: string;
  readonly args: LoadBalancedGroupArgs;
  readonly parent: pulumi.Resource;
}
