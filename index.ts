export * from "./components/args";
// By one step more than the arguments, whose descriptions the schema's analyzer finds on its way.
export { LoadBalancedGroup, LoadBalancedService } from "./components";
