import * as pulumi from "@pulumi/pulumi";
import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { valueAt } from "../../components/checks";
import type { EngineCommand } from "../engineCommand";
import { type InterruptedResource, interruptedResources } from "../state";
import {
  type Creation,
  pendingCreations,
  resourcesOf,
  withCreations,
  withoutMistakes,
} from "./deployment";
import { computedId, isLookedUp, type Invoke, lookedUpId } from "./identity";

/**
 * Takes over what an interrupted update left: resources that were being created get into the state if they are in
 * AWS, and resources that were being changed or deleted are read from AWS. An update can then do the rest, as if
 * it had not been interrupted.
 *
 * The state tells what was being created. `further` are creations that it does not tell of.
 */
export async function takeOver(
  stack: Stack,
  engine: EngineCommand,
  further: readonly Creation[] = [],
): Promise<InterruptedResource[]> {
  const state = await stack.exportStack();
  const interrupted = interruptedResources(state);
  const creations = [...pendingCreations(state), ...further];
  if (interrupted.length === 0 && creations.length === 0) return [];
  const ids = await findIds(stack, state, creations);
  // Another update that still runs has pending operations too. Its lock is in the way of the import.
  if (!isSame(state, await stack.exportStack())) return [];
  const recorded = withCreations(state, creations, ids);
  await importState(stack, engine, recorded);
  const urns = new Set([...interrupted.map(({ urn }) => urn), ...ids.keys()]);
  const known = new Set(resourcesOf(recorded).map(({ urn }) => urn));
  const target = [...urns].filter((urn) => known.has(urn));
  // Those that are not in AWS are then no longer in the state.
  if (target.length > 0) await stack.refresh({ target, showSecrets: false });
  const corrected = withoutMistakes(await stack.exportStack(), state, creations);
  if (corrected !== undefined) await importState(stack, engine, corrected);
  return interrupted;
}

const isSame = (one: Deployment, other: Deployment) =>
  JSON.stringify(one) === JSON.stringify(other);

async function importState(stack: Stack, engine: EngineCommand, state: Deployment): Promise<void> {
  const { workspace, name } = stack;
  // As standard input, because the SDK writes a file that other users of the machine can read.
  const args = ["stack", "import", "--stack", name];
  await engine.runWithInput(args, JSON.stringify(state), workspace.workDir, workspace.envVars);
}

async function findIds(
  stack: Stack,
  state: Deployment,
  creations: readonly Creation[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const put = (urn: string, id: string | undefined) => {
    if (id !== undefined) ids.set(urn, id);
  };
  for (const { urn, type, inputs } of creations) put(urn, computedId(type, inputs));
  const others = creations.filter(({ type }) => isLookedUp(type));
  if (others.length === 0) return ids;
  await askProvider(stack, async (invoke) => {
    const found = others.map(async ({ urn, type, inputs, resource }) => {
      const version = providerVersion(state, String(resource.provider));
      const ask: Invoke = (token, args) => invoke(token, { ...args }, { version });
      put(urn, await lookedUpId(type, inputs, ask));
    });
    await Promise.all(found);
  });
  return ids;
}

type Ask = (token: string, args: pulumi.Inputs, options: pulumi.InvokeOptions) => Promise<unknown>;

/**
 * Calls functions of the AWS provider in a preview of a program without resources. So they have the provider's
 * configuration and credentials.
 */
async function askProvider(stack: Stack, ask: (invoke: Ask) => Promise<void>): Promise<void> {
  let answer: { readonly error?: Error } | undefined;
  const invoke: Ask = (token, args, options) =>
    Promise.resolve(pulumi.runtime.invoke(token, args, { async: true, ...options }));
  const program = async () => {
    answer = await ask(invoke).then(
      () => ({}),
      (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
  };
  try {
    await stack.preview({ program });
  } catch (error) {
    // A preview that would delete protected resources fails after the program has ended.
    if (answer === undefined) throw error;
  }
  if (answer?.error !== undefined) throw answer.error;
}

/** The version of the provider that created the resource. */
function providerVersion(state: Deployment, provider: string): string | undefined {
  const urn = provider.slice(0, provider.lastIndexOf("::"));
  const found = resourcesOf(state).find((one) => one.urn === urn);
  const version = valueAt(found?.inputs, "version");
  return typeof version === "string" ? version : undefined;
}
