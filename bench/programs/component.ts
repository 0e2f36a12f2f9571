import { LoadBalancedGroup } from "../../index";
import { GROUPS, HEALTH_CHECK_INTERVAL, RULE_ARGS, SERVERS, ZONES } from "./size";

/** The component as a library, in the program's own process. */
export const urls = GROUPS.map(
  (name) =>
    new LoadBalancedGroup(name, {
      availabilityZones: ZONES,
      instanceIds: SERVERS,
      targetGroup: { healthCheck: { interval: HEALTH_CHECK_INTERVAL } },
      rules: RULE_ARGS,
    }).url,
);
