import * as pulumi from "@pulumi/pulumi";
import { GROUPS, HEALTH_CHECK_INTERVAL, RULE_ARGS, SERVERS, ZONES } from "./size";

/** The component from its package, as a generated SDK declares it. */
class LoadBalancedGroup extends pulumi.ComponentResource {
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: pulumi.Inputs) {
    const inputs = { ...args, url: undefined };
    const version = process.env.BENCH_PACKAGE_VERSION;
    super("load-balanced-group:index:LoadBalancedGroup", name, inputs, { version }, true);
  }
}

export const urls = GROUPS.map(
  (name) =>
    new LoadBalancedGroup(name, {
      availabilityZones: ZONES,
      instanceIds: SERVERS,
      targetGroup: { healthCheck: { interval: HEALTH_CHECK_INTERVAL } },
      rules: RULE_ARGS,
    }).url,
);
