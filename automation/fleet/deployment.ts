import { Environment } from "../environment";
import type { UpOptions, UpResult } from "../operations";
import type { EnvironmentOptions } from "../options";

export async function deploy(options: EnvironmentOptions, run: UpOptions): Promise<UpResult> {
  const environment = await Environment.open(options, run);
  try {
    return await environment.up(run);
  } finally {
    await environment.close();
  }
}

export async function waitForHealth(
  options: EnvironmentOptions,
  timeLimit: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const environment = await Environment.open({ ...options, mustExist: true }, { signal });
  try {
    await environment.waitUntilHealthy({ timeLimit, signal });
  } finally {
    await environment.close();
  }
}
