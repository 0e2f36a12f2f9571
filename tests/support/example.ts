import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ask } from "../../emulator/tests/support/httpClient";
import { FIRST, SECOND, THIRD } from "./stage";
import { Terminal, type Outcome } from "./terminal";

const EXAMPLES = path.resolve(__dirname, "../../examples");
const LISTENER = "aws:lb/listener:Listener";

/** What every example creates, in any language. */
const MADE = [
  "aws:ec2/securityGroup:SecurityGroup web-sg",
  "aws:lb/listener:Listener web-http",
  "aws:lb/loadBalancer:LoadBalancer web-alb",
  "aws:lb/targetGroup:TargetGroup web-tg",
  ...[FIRST, SECOND, THIRD].map(
    (id) => `aws:lb/targetGroupAttachment:TargetGroupAttachment web-attachment-${id}:80`,
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule web-egress-80-vpc",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule web-ingress-80-0.0.0.0/0",
  "load-balanced-group:index:LoadBalancedGroup web",
];

/** A resource of the state, as the engine exports it. */
interface Exported {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
}

/** Does something with a copy of the example, in a terminal with an emulator of its own. */
export async function inExample(
  language: string,
  act: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const terminal = await Terminal.open();
  try {
    // What was generated in the checkout's own example is left there.
    const filter = (file: string) =>
      !["node_modules", "sdks", "venv"].includes(path.basename(file));
    await cp(path.join(EXAMPLES, language), terminal.program, { recursive: true, filter });
    await act(terminal);
  } finally {
    await terminal.close();
  }
}

/** Previews and deploys the program, and sees that it makes what the others make, and that it serves. */
export async function assertMakesTheGroup(terminal: Terminal): Promise<void> {
  await succeeds(terminal, "stack", "init", "dev");
  await succeeds(terminal, "config", "set", "aws:region", terminal.emulator.ec2.region);
  const preview = await succeeds(terminal, "preview");
  // The stack itself is made along.
  assert.match(preview.output, new RegExp(`\\+ ${MADE.length + 1} to create\n`));
  assert.deepEqual(changes(terminal), []);

  await succeeds(terminal, "up", "--yes", "--skip-preview");
  const { output } = await succeeds(terminal, "stack", "export");
  const { deployment } = JSON.parse(output) as { deployment: { resources: Exported[] } };
  const made = deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  assert.deepEqual(made.map(({ type, urn }) => `${type} ${urn.split("::").at(-1)}`).sort(), MADE);
  const listener = made.find(({ type }) => type === LISTENER)?.id ?? "";
  assert.equal((await ask(terminal.emulator.elb.listenerUrl(listener))).status, 200);
  const url = await succeeds(terminal, "stack", "output", "url");
  assert.match(url.output, /^http:\/\/\S+\n$/m);
  await succeeds(terminal, "preview", "--expect-no-changes");
}

/** Says which of the commands are not on PATH; empty where all are. */
export function notOnPath(...commands: string[]): string {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const files = (command: string) =>
    folders.flatMap((folder) => endings.map((ending) => path.join(folder, command + ending)));
  const absent = commands.filter((command) => !files(command).some(existsSync));
  return absent.length === 0 ? "" : `there is no ${absent.join(", no ")} on PATH`;
}

export async function succeeds(terminal: Terminal, ...args: string[]): Promise<Outcome> {
  const outcome = await terminal.pulumi(...args);
  assert.equal(outcome.code, 0, outcome.output);
  return outcome;
}

function changes({ emulator }: Terminal): string[] {
  return emulator.calls.map(({ call }) => call).filter((call) => !call.startsWith("Describe"));
}

/** Adds the package as the README says, but from the archive in place of the checkout. */
export async function addInstalled(terminal: Terminal, folder = "."): Promise<void> {
  const file = path.join(terminal.program, folder, "Pulumi.yaml");
  const project = await readFile(file, "utf8");
  await writeFile(file, project.replace(/packages:\n {2}load-balanced-group: \S+\n/, ""));
  await succeeds(terminal, "-C", folder, "package", "add", "load-balanced-group");
}
