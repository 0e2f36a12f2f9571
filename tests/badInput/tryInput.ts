import type { LoadBalancedGroupArgs } from "../../components/args";
import { findProblems } from "../../components/validation";
import { recordGroup } from "../support/recordGroup";
import { EmulatedAccount } from "./emulatedAccount";

/** What became of one input. */
export interface Outcome {
  readonly became: "invalid" | "refused by a check against AWS" | "deployed";
  readonly broken: readonly string[];
}

/** A message is sent in the trailers of a gRPC call, which clients accept up to 8 kB. */
const LONGEST_MESSAGE = 8000;

/**
 * Gives the arguments to the component, and deploys them with the emulator's provider. Wrong ones are refused before
 * anything is created, in a message that names the arguments. AWS accepts all others.
 */
export async function tryInput(args: LoadBalancedGroupArgs): Promise<Outcome> {
  const problems = findProblems("web", args);
  const account = new EmulatedAccount();
  try {
    const { failures, thrown } = await deploy(args, account);
    const message = thrown ?? failures.join("\n");
    const broken = [
      ...(message.length > LONGEST_MESSAGE ? [`a message of ${message.length} characters`] : []),
      ...(/TypeError|RangeError|Cannot (convert|read)|is not (a function|iterable)/.test(message)
        ? [`an error of the program: ${message.slice(0, 500)}`]
        : []),
    ];
    if (problems.length > 0) {
      const unnamed = problems.filter(
        ({ propertyPath, reason }) => !reason.includes(propertyPath.slice(0, 50)),
      );
      return {
        became: "invalid",
        broken: [
          ...broken,
          ...unnamed.map(({ reason }) => `not named: ${reason.slice(0, 300)}`),
          ...(thrown === undefined ? ["it was not refused at once"] : []),
          ...(account.changes.length > 0 ? [`created: ${account.changes.join(", ")}`] : []),
        ],
      };
    }
    if (message === "") return { became: "deployed", broken };
    if (!message.startsWith("invalid arguments for LoadBalancedGroup")) {
      broken.push(`AWS refused valid arguments: ${message.slice(0, 1000)}`);
    } else if (account.changes.length > 0) {
      broken.push(`refused after ${account.changes.join(", ")}: ${message.slice(0, 1000)}`);
    }
    return { became: "refused by a check against AWS", broken };
  } finally {
    await account.close();
  }
}

async function deploy(args: LoadBalancedGroupArgs, account: EmulatedAccount) {
  try {
    const { failures } = await recordGroup(args, {
      isAws: true,
      create: (resource) => account.create(resource),
      answer: (token, inputs) => account.answer(token, inputs),
    });
    return { failures, thrown: undefined };
  } catch (error) {
    return { failures: [], thrown: error instanceof Error ? error.message : String(error) };
  }
}
