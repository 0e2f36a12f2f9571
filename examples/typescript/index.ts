import { LoadBalancedGroup } from "load-balanced-group";

const web = new LoadBalancedGroup("web", {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  instanceIds: ["i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003"],
  targetGroup: { healthCheck: { path: "/" } },
});

export const url = web.url;
