import { getCallerIdentity, getServerCertificate, getServiceQuota } from "./account";
import { CloudFunction } from "./cloudFunction";
import { getInstances, getNetworkInterface, getNetworkInterfaces } from "./instances";
import {
  getListener,
  getListenerRule,
  getLoadBalancer,
  getTargetGroup,
  getTrustStore,
} from "./loadBalancing";
import { getAvailabilityZones, getSubnet, getSubnets, getVpc } from "./network";
import { getZone } from "./route53";
import { getSecurityGroupRule, getSecurityGroupRules, getSecurityGroups } from "./securityGroups";

export type { CloudFunction } from "./cloudFunction";

/** Every function that the local cloud plays. */
export const FUNCTIONS: readonly CloudFunction[] = [
  getVpc,
  getSubnets,
  getSubnet,
  getInstances,
  getAvailabilityZones,
  getNetworkInterface,
  getNetworkInterfaces,
  getSecurityGroups,
  getSecurityGroupRules,
  getSecurityGroupRule,
  getCallerIdentity,
  getServerCertificate,
  getServiceQuota,
  getLoadBalancer,
  getTargetGroup,
  getListener,
  getListenerRule,
  getZone,
  getTrustStore,
];

export function cloudFunction(token: string): CloudFunction {
  const found = FUNCTIONS.find((one) => one.token === token);
  if (found === undefined) {
    const played = FUNCTIONS.map((one) => one.token).join(", ");
    throw new Error(`the local cloud does not play ${token}; it plays: ${played}`);
  }
  return found;
}
