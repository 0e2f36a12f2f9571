import type * as pulumi from "@pulumi/pulumi";
import type { LookedUp } from "../checks";
import { regionsOf } from "../plan/regions";

/** A subnet. If it does not exist, only `id` and `missing` are set. */
export interface Subnet {
  readonly id: string;
  readonly missing?: boolean;
  readonly vpcId?: string;
  readonly availabilityZone?: string;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly availableIpAddressCount?: number;
  /** The Outpost that the subnet is on. */
  readonly outpostArn?: string;
}

/** The network of the load balancer. Each function makes its calls to AWS when it is called. */
export interface Network {
  /** Whether the load balancer exists already, so that the component does not decide where it is. */
  readonly isGiven?: boolean;
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  /** The VPC for checks, or why it can't be looked up. */
  readonly vpc: LookedUp<string>;
  /** The subnets for checks, without those whose lookup fails. */
  readonly subnets: () => pulumi.Output<Subnet[]>;
  /** All CIDR blocks of the VPC for checks; none if the lookup fails. */
  readonly networks: () => pulumi.Output<string[]>;
  /** The IPv4 CIDR blocks of the VPC, the primary one first. Empty only with mocks in unit tests. */
  readonly cidrBlocks: () => pulumi.Output<string[]>;
  /** The first IPv6 CIDR block of the VPC. Undefined only with mocks in unit tests. */
  readonly ipv6CidrBlock: () => pulumi.Output<string | undefined>;
}

/** The VPC and the subnets of the load balancer, as far as they are known. */
export interface LoadBalancerLocation {
  readonly vpcId: string;
  readonly subnets: Subnet[];
}

/** The option of the AWS CLI for the load balancer's region, as it follows a command; empty if it is unknown. */
export function regionOption(location: LoadBalancerLocation | undefined): string {
  const zones = location?.subnets.map(({ availabilityZone }) => availabilityZone);
  const region = regionsOf(zones).at(0);
  return region === undefined ? "" : ` --region ${region}`;
}

/** The VPC and the zones of the load balancer. The zones are empty if some are unknown. */
export interface LoadBalancerZones {
  readonly vpcId: string;
  readonly zones: readonly string[];
  /** Whether the load balancer exists already, so that the component does not decide where it is. */
  readonly isGiven?: boolean;
}
