export * from "./components/args";
export { LoadBalancedGroup } from "./components/loadBalancedGroup";
