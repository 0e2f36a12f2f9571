import { createHash } from "node:crypto";
import { type Instance, type LoadBalancer, type Subnet } from "../aws";

/** A network interface: the first one of an instance, or that of a load balancer in a subnet. */
export interface NetworkInterface {
  readonly networkInterfaceId: string;
  readonly description: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly privateIpAddress?: string;
  readonly securityGroupIds: readonly string[];
  readonly attachment?: { readonly instanceId: string; readonly deviceIndex: number };
}

export function interfaceOfInstance(instance: Instance): NetworkInterface {
  const { instanceId, subnetId, vpcId, availabilityZone, privateIpAddress } = instance;
  return {
    networkInterfaceId: interfaceId(instanceId),
    description: "",
    subnetId,
    vpcId,
    availabilityZone,
    privateIpAddress,
    securityGroupIds: instance.securityGroupIds,
    attachment: { instanceId, deviceIndex: 0 },
  };
}

/** Where a load balancer stands; EC2 knows which one it is by the description alone. */
export function interfacesOfLoadBalancer(
  loadBalancer: LoadBalancer,
  subnetOf: (subnetId: string) => Subnet,
): NetworkInterface[] {
  const { loadBalancerArn, securityGroups } = loadBalancer;
  const description = `ELB ${loadBalancerArn.split("loadbalancer/")[1]}`;
  return loadBalancer.subnets.map(({ subnetId }) => {
    const { vpcId, availabilityZone } = subnetOf(subnetId);
    return {
      networkInterfaceId: interfaceId(`${loadBalancerArn} ${subnetId}`),
      description,
      subnetId,
      vpcId,
      availabilityZone,
      securityGroupIds: securityGroups,
    };
  });
}

const interfaceId = (owner: string) =>
  `eni-${createHash("sha256").update(owner).digest("hex").slice(0, 17)}`;
