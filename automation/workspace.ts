import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import type { EngineCommand } from "./engineCommand";
import { DEFAULT_PROJECT, type EnvironmentOptions } from "./options";
import { secretValues } from "./redaction";
import type { Settings } from "./settings";

/** Opens an environment's stack with a workspace in the folder, which is its own. */
export async function openStack(
  options: EnvironmentOptions,
  settings: Settings,
  engine: EngineCommand,
  workDir: string,
): Promise<Stack> {
  const { name, project = DEFAULT_PROJECT, secretsProvider, mustExist } = options;
  const workspace = await LocalWorkspace.create({
    workDir,
    pulumiCommand: engine.sdk,
    envVars: variablesOf(options),
    secretsProvider,
    projectSettings: { name: project, runtime: "nodejs" },
    stackSettings: { [name]: settings.stack },
  });
  const stack = await (mustExist
    ? Stack.select(name, workspace)
    : Stack.createOrSelect(name, workspace));
  const secrets = Object.entries(settings.secrets);
  if (secrets.length > 0) {
    await stack.setAllConfig(
      Object.fromEntries(secrets.map(([key, value]) => [key, { value, secret: true }])),
    );
  }
  return stack;
}

function variablesOf({ environmentVariables, backend }: EnvironmentOptions) {
  return {
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(backend === undefined ? {} : { PULUMI_BACKEND_URL: backend }),
    ...environmentVariables,
  };
}

/** What must not be told to anybody. */
export function secretsOf(
  { environmentVariables = {}, backend }: EnvironmentOptions,
  { secrets }: Settings,
): string[] {
  return [...secretValues(environmentVariables), ...Object.values(secrets), ...passwordOf(backend)];
}

/** The password in a backend's URL. */
function passwordOf(backend = ""): string[] {
  const { password = "" } = URL.canParse(backend) ? new URL(backend) : {};
  return [password, decodeURIComponent(password)];
}
