import type { Problem } from "../checks";
import type { Servers } from "../targetGroups/targets/instanceAwsChecks";

const BATCH_MILLISECONDS = 50;

/** Collects the servers that become known within a short time and checks them together, to make fewer calls. */
export function batched(check: (servers: Servers) => Promise<Problem[]>) {
  let servers: Servers = new Map();
  let running: Promise<Problem[]> | undefined;
  return async (id: string, path: string): Promise<Problem[]> => {
    servers.set(id, path);
    running ??= new Promise((resolve) => setTimeout(resolve, BATCH_MILLISECONDS)).then(() => {
      const known = servers;
      servers = new Map();
      running = undefined;
      return check(known);
    });
    return (await running).filter(({ propertyPath }) => propertyPath === path);
  };
}
