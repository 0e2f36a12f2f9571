export { LoadBalancedGroup } from "./loadBalancedGroup";
