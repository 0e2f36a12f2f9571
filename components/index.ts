export { LoadBalancedGroup } from "./loadBalancedGroup";
export { LoadBalancedService } from "./loadBalancedService";
