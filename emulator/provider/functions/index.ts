import { getCallerIdentity, getServerCertificate, getServiceQuota } from "./account";
import { getCertificate } from "./acm";
import { type ProviderFunction } from "./providerFunction";
import {
  getAutoScalingGroups,
  getInstances,
  getNetworkInterface,
  getNetworkInterfaces,
} from "./instances";
import {
  getListener,
  getListenerRule,
  getLoadBalancer,
  getTargetGroup,
  getTrustStore,
} from "./loadBalancing";
import {
  getAvailabilityZones,
  getInternetGateway,
  getRouteTable,
  getSubnet,
  getSubnets,
  getVpc,
} from "./network";
import { getZone } from "./route53";
import { getBucket, getBucketPolicy } from "./s3";
import { getSecurityGroupRule, getSecurityGroupRules, getSecurityGroups } from "./securityGroups";
import { getWebAcl } from "./waf";

export type { ProviderFunction } from "./providerFunction";

/** Every function that the emulator supports. */
export const FUNCTIONS: readonly ProviderFunction[] = [
  getVpc,
  getSubnets,
  getSubnet,
  getRouteTable,
  getInternetGateway,
  getInstances,
  getAutoScalingGroups,
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
  getCertificate,
  getBucket,
  getBucketPolicy,
  getWebAcl,
];

export function providerFunction(token: string): ProviderFunction {
  const found = FUNCTIONS.find((one) => one.token === token);
  if (found === undefined) {
    const supported = FUNCTIONS.map((one) => one.token).join(", ");
    throw new Error(`the emulator does not support ${token}; it supports: ${supported}`);
  }
  return found;
}
