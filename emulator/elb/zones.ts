import type { Socket } from "node:net";
import type { LoadBalancer } from "../aws";

const arrivals = new WeakMap<LoadBalancer, number>();
const zones = new WeakMap<Socket, string>();

/**
 * The zone of the load balancer's node to which a connection came. On AWS, DNS spreads clients over the
 * nodes; here one address stands in for all, so connections count as come to the zones in turn. DNS
 * failover is not emulated: a zone whose targets fail keeps its clients, as it does on AWS until they ask
 * DNS again.
 */
export function zoneOf(socket: Socket, loadBalancer: LoadBalancer): string {
  const known = zones.get(socket);
  if (known !== undefined) {
    return known;
  }
  const arrival = arrivals.get(loadBalancer) ?? 0;
  arrivals.set(loadBalancer, arrival + 1);
  const { availabilityZone } = loadBalancer.subnets[arrival % loadBalancer.subnets.length];
  zones.set(socket, availabilityZone);
  return availabilityZone;
}
