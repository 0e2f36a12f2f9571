import { once } from "node:events";
import { TargetTransition } from "./aws";
import { Cloud } from "./cloud";

/** `npm run local`: AWS on one machine until Ctrl-C. */
async function main(): Promise<void> {
  const cloud = await Cloud.start();
  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  print(introduction(cloud));
  cloud.elb.onListener(({ listenerArn }) => {
    print(`listening  ${cloud.elb.listenerUrl(listenerArn)}  ${listenerArn}`);
  });
  cloud.elb.onTargetTransition((transition) => {
    print(describe(transition));
  });
  await stopped;
  await cloud.close();
}

function introduction({ servers, environment }: Cloud): string {
  const rows = [...servers.values()].map(({ instance }) => {
    const ports = [...instance.ports].map(([port, real]) => `${port} -> 127.0.0.1:${real}`);
    return `  ${instance.instanceId}  ${instance.availabilityZone}  ${ports.join(", ")}`;
  });
  const exports = Object.entries(environment).map(([name, value]) => `  export ${name}=${value}`);
  return [
    "AWS on this machine, until Ctrl-C. Running instances:",
    ...rows,
    "In another terminal:",
    ...exports,
    "  pulumi up -s local",
    "Not logged in to a backend? These keep the state in a folder of your own:",
    '  export PULUMI_BACKEND_URL="file://$HOME" PULUMI_CONFIG_PASSPHRASE=local',
  ].join("\n");
}

function describe({ targetGroupArn, target, from, state, reason }: TargetTransition): string {
  const group = targetGroupArn.split("/")[1];
  const why = reason === undefined ? "" : `  ${reason}`;
  return `target  ${target.id}:${target.port} of ${group}  ${from ?? "new"} -> ${state}${why}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
