import { accountLookups, type AccountLookups } from "./account";
import { bucketLookups, type BucketLookups } from "./buckets";
import { ec2Lookups, type Ec2Lookups } from "./ec2";
import { loadBalancingLookups, type LoadBalancingLookups } from "./loadBalancing";
import type { Lookups } from "./lookups";
import { networkLookups, type NetworkLookups } from "./network";
import { securityGroupLookups, type SecurityGroupLookups } from "./securityGroups";

/** All optional lookups, which the checks use. */
export interface AwsLookups
  extends
    Ec2Lookups,
    SecurityGroupLookups,
    AccountLookups,
    LoadBalancingLookups,
    NetworkLookups,
    BucketLookups {}

export function awsLookups(lookups: Lookups): AwsLookups {
  return {
    ...ec2Lookups(lookups),
    ...securityGroupLookups(lookups),
    ...accountLookups(lookups),
    ...loadBalancingLookups(lookups),
    ...networkLookups(lookups),
    ...bucketLookups(lookups),
  };
}
