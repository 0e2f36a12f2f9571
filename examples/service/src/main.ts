import { Deployments } from "./deployments";
import { Records } from "./records";
import { serve } from "./server";

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
  const records = await Records.open(SERVICE_FOLDER);
  const deployments = new Deployments(records, Number(SERVICE_CONCURRENCY), log);
  let stopping = false;
  const isStopping = () => stopping;
  const tokens = tokensIn(variables.SERVICE_TOKENS);
  const server = serve({ records, deployments, tokens, isStopping, log });
  process.on("SIGTERM", () => {
    if (stopping) return deployments.cancel();
    stopping = true;
    log({ event: "stopping" });
    void deployments.stop(Number(SERVICE_GRACE_SECONDS) * 1000).then(() => {
      server.close(() => log({ event: "stopped" }));
      server.closeAllConnections();
    });
  });
  await deployments.repair();
  server.listen(Number(SERVICE_PORT), SERVICE_HOST, () => {
    log({ event: "listening", address: server.address() });
  });
}

function tokensIn(text = ""): Map<string, string> {
  const pairs = text.split(",").map((pair) => pair.split(":"));
  const tokens = new Map(pairs.flatMap(([name, token]) => (name && token ? [[token, name]] : [])));
  if (tokens.size === 0)
    throw new Error("SERVICE_TOKENS must name who may call: name:token,name:token");
  return tokens;
}

main(process.env).catch((error: unknown) => {
  log({ event: "failed", error: String(error) });
  process.exitCode = 1;
});
