import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";

/** The group for which resources are created: its name, its checked arguments, and the group as parent. */
export interface Scope {
  readonly name: string;
  readonly args: LoadBalancedGroupArgs;
  readonly parent: pulumi.Resource;
}
