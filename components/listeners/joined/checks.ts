import * as checks from "../../checks";
import { addedOnce, certificate } from "../checks";

/** The checks of the listener that a service joins, and of what it needs there. */
export function joinedListenerChecks(args: unknown) {
  const region = checks.loadBalancingArnParts(checks.valueAt(args, "listenerArn"))?.region;
  return {
    listenerArn,
    certificateArns: checks.named(certificate(region), "certificates", "the ARNs"),
    loadBalancerSecurityGroupId: checks.awsId("sg", "a security group"),
  };
}

const listenerArn = checks.loadBalancingArn(
  "an Application Load Balancer's listener",
  "listener/app",
  3,
);

/** A rule for the whole network could be there already for another service. */
const opensToGroups: checks.Relation = {
  properties: [],
  check({ loadBalancerSecurityGroupId, targetSecurityGroupIds, targets, targetGroups }, at) {
    if (loadBalancerSecurityGroupId === undefined) return;
    if ([targets, ...valuesOf(targetGroups).map(targetsOf)].some(hasOutside)) return;
    if (Array.isArray(targetSecurityGroupIds) && targetSecurityGroupIds.length > 0) return;
    at.key("targetSecurityGroupIds").reportText(
      "required",
      "is required with loadBalancerSecurityGroupId if no target has an availabilityZone; list the security groups of " +
        "the targets, set availabilityZone for targets outside the VPC, or remove loadBalancerSecurityGroupId",
    );
  },
};

const valuesOf = (value: unknown) => (checks.isRecord(value) ? Object.values(value) : []);
const targetsOf = (group: unknown) => checks.valueAt(group, "targets");

/** Whether some targets are outside the VPC. Their addresses are opened, and they have no security groups. */
const hasOutside = (targets: unknown) =>
  valuesOf(targets).some((target) => checks.valueAt(target, "availabilityZone") !== undefined);

const someRules: checks.Relation = {
  properties: [],
  check({ rules }, at) {
    if (!checks.isRecord(rules) || Object.keys(rules).length > 0) return;
    at.key("rules").reportText(
      "required",
      "must have at least one rule, because the service gets no requests without one; add a rule",
    );
  },
};

export const joinedListenerRelations = [opensToGroups, addedOnce("certificateArns"), someRules];
