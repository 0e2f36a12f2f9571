import { closest } from "fastest-levenshtein";
import { isRecord, type Problem, strings } from "../components/checks";
import { Argument } from "./arguments";
import { stepsOf, valueBy } from "./paths";
import { REGION_OF_ZONE } from "../components/plan/regions";

/** The stack whose configuration has problems. */
export interface ConfiguredStack {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly region: string | undefined;
  readonly isSecret: (key: string) => boolean;
}

/** What stands in a command for the value that only the user knows. */
export const PLACEHOLDER = "VALUE";

/** A value to be set, and where. */
interface Setting {
  readonly path: string;
  readonly value: string;
}

/**
 * The problems in an order in which their remedies can be run one after another: what is taken out of a
 * list goes last, and from its end, since it moves what follows.
 */
export function orderedByRemedy(problems: readonly Problem[]): Problem[] {
  const [others, removed] = [false, true].map((which) =>
    problems.filter((problem) => isRemoved(problem) === which),
  );
  return [...others, ...removed.reverse()];
}

/** Whether the remedy is to take the property out. */
const isRemoved = ({ edit }: Problem) => edit?.remove === true;

/** The command that mends a problem, but for the value that only the user knows. */
export function remedyFor(problem: Problem, stack: ConfiguredStack): string {
  const { propertyPath: path } = problem;
  const { config } = stack;
  if (path === "") return command(stack, []);
  const key = keyOf(path, config);
  // Of a long path a part is left out, of a secret one the key.
  if (/\.\.\.|\[secret\]/.test(path)) return `${command(stack, ["get"], key)}  # shows it`;
  if (stack.isSecret(key)) return secretRemedy(path, isRemoved(problem), stack);
  const argument = argumentAt(path, stack);
  const given = valueBy(config, stepsIn(path, config));
  const settings = isRemoved(problem)
    ? renamed(problem, given, stack)
    : settingsFor(problem, argument, given, stack);
  const isRemovedFirst = isRemoved(problem) || !canContain(given, argument);
  if (settings.length === 0 && !isRemovedFirst)
    return `${command(stack, ["get"], path)}  # shows it`;
  const set = settings.map((one) => command(stack, ["set"], one.path, one.value));
  return [...(isRemovedFirst ? [command(stack, ["rm"], path)] : []), ...set].join(" && ");
}

/** The key of the configuration that a path begins with. */
export function keyOf(path: string, config: Readonly<Record<string, unknown>>): string {
  return String(stepsIn(path, config).at(0) ?? path);
}

function secretRemedy(path: string, isRemoval: boolean, stack: ConfiguredStack): string {
  const key = keyOf(path, stack.config);
  const get = command(stack, ["get"], key);
  if (Argument.all.at(key)?.canBeSecret === false) {
    return `${get} | ${command(stack, ["set", "--plaintext"], key)}`;
  }
  // What else is encrypted under this key must not be lost, and is not to be shown.
  const isWhole = path === key && Argument.all.at(key)?.kind !== "object";
  if (!isWhole) return `${get}  # shows it; set it again with --secret`;
  if (isRemoval) return command(stack, ["rm"], key);
  return `${command(stack, ["set", "--secret"], key)}  # asks for it`;
}

function command(
  stack: ConfiguredStack,
  verb: readonly string[],
  path?: string,
  value?: string,
): string {
  const isNested = path !== undefined && keyOf(path, stack.config) !== path;
  const options = ["-s", stack.name, ...(isNested ? ["--path"] : [])];
  const operands = [path, value].filter((one) => one !== undefined);
  const words = ["config", ...verb, ...options, ...operands].map(quoted);
  return [pulumiCommand(), ...words].join(" ");
}

/** How Pulumi is called: `npm run local` stands before its commands in the rehearsal. */
const pulumiCommand = () => process.env.LOAD_BALANCED_GROUP_PULUMI ?? "pulumi";

/** A word as every POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function argumentAt(path: string, { config }: ConfiguredStack): Argument | undefined {
  return stepsIn(path, config).reduce<Argument | undefined>(
    (argument, step) => argument?.at(step),
    Argument.all,
  );
}

/** The steps of a path; a key at the top may have any characters. */
function stepsIn(path: string, config: ConfiguredStack["config"]): (string | number)[] {
  return Object.hasOwn(config, path) ? [path] : stepsOf(path).map(({ step }) => step);
}

/** Whether something can be set within what is given, or in its place. */
function canContain(given: unknown, argument: Argument | undefined): boolean {
  if (given === undefined) return true;
  if (argument?.kind === "list") return Array.isArray(given);
  return argument?.kind !== "object" || isRecord(given);
}

/** What was given under a name that was meant for another one, which has no value yet. */
function renamed(
  { propertyPath, edit }: Problem,
  given: unknown,
  stack: ConfiguredStack,
): Setting[] {
  const kept = textOf(given);
  if (edit?.rename === undefined || kept === "") return [];
  const path = propertyPath.replace(/\w+$/, edit.rename);
  const argument = argumentAt(path, stack);
  const { config } = stack;
  const isFree = valueBy(config, stepsIn(path, config)) === undefined;
  if (argument === undefined || !isFree) return [];
  return newSettings(path, argument, kept, stack);
}

/** What to set, so that a value is there and of the right kind; empty where only the user can tell. */
function settingsFor(
  { code, propertyPath: path, edit = {} }: Problem,
  argument: Argument | undefined,
  given: unknown,
  stack: ConfiguredStack,
): Setting[] {
  if (argument === undefined) return [{ path, value: edit.write ?? PLACEHOLDER }];
  if (Array.isArray(given) && argument.kind === "list") {
    return code === "too-few" ? itemsFor(path, argument, given, "", stack) : [];
  }
  if (isRecord(given) && argument.kind === "object") {
    if (edit.add === undefined) return [];
    const part = argument.at(edit.add);
    return part === undefined ? [] : newSettings(`${path}.${edit.add}`, part, "", stack);
  }
  const kept = textOf(given);
  if (argument.kind === "list" || argument.kind === "object") {
    return newSettings(path, argument, kept, stack);
  }
  const zone = path.startsWith("availabilityZones[") ? unusedZones(stack).at(0) : undefined;
  return [{ path, value: edit.write ?? zone ?? likelyValue(argument, given) ?? PLACEHOLDER }];
}

/** What was given as one text, or as the only one in a list; empty where it is nothing of the kind. */
function textOf(given: unknown): string {
  if (Array.isArray(given)) return given.length === 1 ? textOf(given[0]) : "";
  return typeof given === "string" || typeof given === "number" ? String(given) : "";
}

/** What to set where nothing is yet; a value that stood in the place of a list or an object is kept in it. */
function newSettings(
  path: string,
  argument: Argument,
  kept: string,
  stack: ConfiguredStack,
): Setting[] {
  if (argument.kind === "list") return itemsFor(path, argument, [], kept, stack);
  if (argument.kind !== "object") {
    const isKept = argument.kind === "text" && argument.choices.length === 0 && kept !== "";
    return [{ path, value: isKept ? kept : (likelyValue(argument, kept) ?? PLACEHOLDER) }];
  }
  return keysOf(argument).flatMap((key, index) => {
    const part = argument.at(key);
    return part ? newSettings(`${path}.${key}`, part, index === 0 ? kept : "", stack) : [];
  });
}

/** The properties that an object is begun with. */
function keysOf(object: Argument): readonly string[] {
  const { required, properties } = object;
  if (properties.length === 0) return ["KEY"];
  if (required.length > 0) return required;
  const usual = properties.find((name) => object.at(name)?.default !== undefined);
  return [usual ?? properties.find((name) => object.at(name)?.kind === "list") ?? properties[0]];
}

function itemsFor(
  path: string,
  list: Argument,
  existing: readonly unknown[],
  kept: string,
  stack: ConfiguredStack,
): Setting[] {
  const at = (index: number) => `${path}[${existing.length + index}]`;
  if (path === "availabilityZones") {
    const zones = kept === "" ? unusedZones(stack) : [kept, ...unusedZones(stack, kept)];
    const missing = Math.max(1, 2 - existing.length);
    return zones.slice(0, missing).map((value, index) => ({ path: at(index), value }));
  }
  const item = list.at(0);
  return item === undefined ? [] : newSettings(at(0), item, kept, stack);
}

/** How people write true and false. */
const FLAGS = ["true", "yes", "on", "1", "enabled", "false", "no", "off", "0", "disabled"];

/** The choice that was meant, where there is one; what is one already is wrong for another reason. */
function likelyValue(
  { kind, choices, default: usual }: Argument,
  given: unknown,
): string | undefined {
  if (kind === "flag" && typeof given === "boolean") return String(!given);
  const text = textOf(given);
  if (text === "") return textOf(usual) || choices.at(0);
  if (kind === "flag") {
    return String(FLAGS.indexOf(closest(text.toLowerCase(), FLAGS)) < FLAGS.indexOf("false"));
  }
  if (choices.length === 0 || choices.includes(text)) return undefined;
  return closest(text.toLowerCase(), [...choices]);
}

const ZONE_LETTERS = ["a", "b", "c", "d", "e", "f"];

/** Zones of the region that are not given yet. */
function unusedZones({ config, region }: ConfiguredStack, ...given: string[]): string[] {
  const taken = [...strings(config.availabilityZones), ...given];
  const [, own = "us-west-2"] = REGION_OF_ZONE.exec(taken.at(0) ?? "") ?? [];
  const prefix = region ?? own;
  return ZONE_LETTERS.map((letter) => prefix + letter).filter((zone) => !taken.includes(zone));
}
