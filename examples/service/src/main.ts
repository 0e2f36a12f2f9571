import { Deployments } from "./deployments";
import { Records } from "./records";
import { serve } from "./server";

// A log that can't be written ends no deployment.
process.stdout.on("error", () => undefined);

const log = (entry: object) => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
};

async function main(variables: NodeJS.ProcessEnv): Promise<void> {
  const {
    SERVICE_HOST = "127.0.0.1",
    SERVICE_PORT = "8080",
    SERVICE_FOLDER = "records",
  } = variables;
  const { SERVICE_CONCURRENCY = "4", SERVICE_GRACE_SECONDS = "600" } = variables;
  const concurrency = numberIn("SERVICE_CONCURRENCY", SERVICE_CONCURRENCY, 1);
  const graceSeconds = numberIn("SERVICE_GRACE_SECONDS", SERVICE_GRACE_SECONDS, 0);
  const port = numberIn("SERVICE_PORT", SERVICE_PORT, 0);
  const records = await Records.open(SERVICE_FOLDER);
  for (const [environment, error] of records.unreadable) {
    log({ event: "unreadable", environment, error, advice: "mend the file, or remove it" });
  }
  const deployments = new Deployments(records, concurrency, log);
  let stopping = false;
  const isStopping = () => stopping;
  const tokens = tokensIn(variables.SERVICE_TOKENS);
  const server = serve({ records, deployments, tokens, isStopping, log });
  process.on("SIGTERM", () => {
    if (stopping) return deployments.cancel();
    stopping = true;
    log({ event: "stopping" });
    void deployments.stop(graceSeconds * 1000).then(() => {
      server.close(() => log({ event: "stopped" }));
      server.closeAllConnections();
    });
  });
  await deployments.repair();
  server.listen(port, SERVICE_HOST, () => {
    log({ event: "listening", address: server.address() });
  });
}

function numberIn(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${name} must be a whole number from ${least}, got "${text}"`);
}

/** A token may have colons of its own, but no commas. */
function tokensIn(text = ""): Map<string, string> {
  const wanted = "SERVICE_TOKENS must name who may call: name:token,name:token";
  const tokens = new Map<string, string>();
  for (const pair of text.split(",")) {
    const end = pair.indexOf(":");
    const [name, token] = [pair.slice(0, end).trim(), pair.slice(end + 1)];
    if (end < 1 || name === "" || token === "") throw new Error(wanted);
    if (tokens.has(token)) throw new Error(`${wanted}; two have the same token`);
    tokens.set(token, name);
  }
  return tokens;
}

main(process.env).catch((error: unknown) => {
  log({ event: "failed", error: String(error) });
  process.exitCode = 1;
});
