import type * as pulumi from "@pulumi/pulumi";
import type { LookedUp } from "../checks";

/** What is known of a subnet; nothing but its id where AWS does not know it. */
export interface Subnet {
  readonly id: string;
  readonly missing?: boolean;
  readonly vpcId?: string;
  readonly availabilityZone?: string;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  readonly availableIpAddressCount?: number;
}

/** Where the load balancer stands; what is a function asks AWS when it is called. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;
  /** The VPC, for checks, which go on when it can't be looked up. */
  readonly vpc: LookedUp<string>;
  /** The subnets, for checks; those of which AWS does not tell are left out. */
  readonly subnets: () => pulumi.Output<Subnet[]>;
  /** All networks of the VPC, for checks; none where AWS does not tell. */
  readonly networks: () => pulumi.Output<string[]>;
  /** The VPC's IPv4 networks, its primary one first; a unit test's mocks may tell none. */
  readonly cidrBlocks: () => pulumi.Output<string[]>;
  /** The first of the VPC's IPv6 networks; a unit test's mocks may tell none. */
  readonly ipv6CidrBlock: () => pulumi.Output<string | undefined>;
}

/** Where the load balancer is, as far as it is known. */
export interface LoadBalancerLocation {
  readonly vpcId: string;
  readonly subnets: Subnet[];
}

/** The load balancer's VPC, and its zones where all are known. */
export interface LoadBalancerZones {
  readonly vpcId: string;
  readonly zones: readonly string[];
}
