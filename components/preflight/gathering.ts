import type { Servers } from "./placement";

const GATHERING_MILLISECONDS = 50;

/** Checks together the servers that become known one soon after the other, so that calls stay few. */
export function gathering<Where>(check: (servers: Servers, where: Where) => Promise<void>) {
  let servers: Servers = new Map();
  let running: Promise<void> | undefined;
  return (id: string, path: string, where: Where): Promise<void> => {
    servers.set(id, path);
    running ??= new Promise((resolve) => setTimeout(resolve, GATHERING_MILLISECONDS)).then(() => {
      const known = servers;
      servers = new Map();
      running = undefined;
      return check(known, where);
    });
    return running;
  };
}
