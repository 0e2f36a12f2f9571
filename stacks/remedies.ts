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

/** The placeholder in a command for a value that only the user knows. */
export const PLACEHOLDER = "VALUE";

/** A value to set, and its path. */
interface Setting {
  readonly path: string;
  readonly value: string;
}

/**
 * The problems in an order in which their commands can be run one after another. Removals from a list are last,
 * and from its end, because a removal changes the positions of the items after it.
 */
export function orderedByRemedy(problems: readonly Problem[]): Problem[] {
  const [others, removed] = [false, true].map((which) =>
    problems.filter((problem) => isRemoved(problem) === which),
  );
  return [...others, ...removed.reverse()];
}

/** Whether the remedy is to remove the property. */
const isRemoved = ({ edit }: Problem) => edit?.remove === true;

/** The command that corrects a problem. It has a placeholder for a value that only the user knows. */
export function remedyFor(problem: Problem, stack: ConfiguredStack): string {
  const { propertyPath: path } = problem;
  const { config } = stack;
  if (path === "") return command(stack, []);
  const key = keyOf(path, config);
  // The path is incomplete if it is long or has a secret key.
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
  const set = settings.map((one) =>
    isAlwaysSecret(one.path)
      ? // Pulumi asks for the value.
        command(stack, ["set", "--secret"], one.path)
      : command(stack, ["set"], one.path, one.value),
  );
  return [...(isRemovedFirst ? [command(stack, ["rm"], path)] : []), ...set].join(" && ");
}

const isAlwaysSecret = (path: string) => /(^|\.)clientSecret$/.test(path);

/** The key of the configuration with which a path starts. */
export function keyOf(path: string, config: Readonly<Record<string, unknown>>): string {
  return String(stepsIn(path, config).at(0) ?? path);
}

function secretRemedy(path: string, isRemoval: boolean, stack: ConfiguredStack): string {
  const key = keyOf(path, stack.config);
  const get = command(stack, ["get"], key);
  if (Argument.all.at(key)?.canBeSecret === false) {
    return `${get} | ${command(stack, ["set", "--plaintext"], key)}`;
  }
  // Other encrypted values under this key must not be lost, and must not be shown.
  const isWhole = path === key && Argument.all.at(key)?.kind !== "object";
  if (!isWhole)
    return (
      `${get}  # shows the whole value; correct the wrong part, and then set the whole value again: ` +
      command(stack, ["set", "--secret"], key)
    );
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

/** How the user calls Pulumi: with the emulator, it is `npm run local`. */
const pulumiCommand = () => process.env.LOAD_BALANCED_GROUP_PULUMI ?? "pulumi";

/** A word quoted for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function argumentAt(path: string, { config }: ConfiguredStack): Argument | undefined {
  return stepsIn(path, config).reduce<Argument | undefined>(
    (argument, step) => argument?.at(step),
    Argument.all,
  );
}

/** The steps of a path. A key of the configuration may have any characters, even those of a path. */
function stepsIn(path: string, config: ConfiguredStack["config"]): (string | number)[] {
  return Object.hasOwn(config, path) ? [path] : stepsOf(path).map(({ step }) => step);
}

/** Whether `pulumi config set --path` can set something inside the given value. */
function canContain(given: unknown, argument: Argument | undefined): boolean {
  if (given === undefined) return true;
  if (argument?.kind === "list") return Array.isArray(given);
  return argument?.kind !== "object" || isRecord(given);
}

/** Sets the value of a misspelt property under its right name, if that has no value yet. */
function renamed(
  { propertyPath, edit }: Problem,
  given: unknown,
  stack: ConfiguredStack,
): Setting[] {
  const givenText = typeof given === "boolean" ? String(given) : textOf(given);
  if (edit?.rename === undefined || givenText === "") return [];
  const path = propertyPath.replace(/\w+$/, edit.rename);
  const argument = argumentAt(path, stack);
  const { config } = stack;
  const isFree = valueBy(config, stepsIn(path, config)) === undefined;
  if (argument === undefined || !isFree) return [];
  return newSettings(path, argument, givenText, stack);
}

/** What to set to correct a problem; empty if only the user can know it. */
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
  const givenText = textOf(given);
  if (argument.kind === "list" || argument.kind === "object") {
    return newSettings(path, argument, givenText, stack);
  }
  const zone = path.startsWith("availabilityZones[") ? unusedZones(stack).at(0) : undefined;
  return [{ path, value: edit.write ?? zone ?? likelyValue(argument, given) ?? PLACEHOLDER }];
}

/** The given value as text, also from a list with one item; empty if it is anything else. */
function textOf(given: unknown): string {
  if (Array.isArray(given)) return given.length === 1 ? textOf(given[0]) : "";
  return typeof given === "string" || typeof given === "number" ? String(given) : "";
}

/** What to set if there is no value yet. A text given instead of a list or an object is put into it. */
function newSettings(
  path: string,
  argument: Argument,
  givenText: string,
  stack: ConfiguredStack,
): Setting[] {
  if (argument.kind === "list") return itemsFor(path, argument, [], givenText, stack);
  if (argument.kind !== "object") {
    const value = canBe(argument, givenText) ? givenText : likelyValue(argument, givenText);
    return [{ path, value: value ?? PLACEHOLDER }];
  }
  return keysOf(argument).flatMap((key, index) => {
    const part = argument.at(key);
    return part ? newSettings(`${path}.${key}`, part, index === 0 ? givenText : "", stack) : [];
  });
}

function canBe({ kind, choices }: Argument, text: string): boolean {
  if (kind === "number") return /^\d+$/.test(text);
  return kind === "text" && (choices.length === 0 ? text !== "" : choices.includes(text));
}

/** The properties to set first in a new object. */
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
  givenText: string,
  stack: ConfiguredStack,
): Setting[] {
  const at = (index: number) => `${path}[${existing.length + index}]`;
  if (path === "availabilityZones") {
    const zones =
      givenText === "" ? unusedZones(stack) : [givenText, ...unusedZones(stack, givenText)];
    const missing = Math.max(1, 2 - existing.length);
    return zones.slice(0, missing).map((value, index) => ({ path: at(index), value }));
  }
  const item = list.at(0);
  return item === undefined ? [] : newSettings(at(0), item, givenText, stack);
}

/** How people write true and false. */
const FLAGS = ["true", "yes", "on", "1", "enabled", "false", "no", "off", "0", "disabled"];

/** The value that was probably meant; undefined if the given one is valid, because then something else is wrong. */
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

/** Zones of the region that are not in use yet. */
function unusedZones({ config, region }: ConfiguredStack, ...given: string[]): string[] {
  const taken = [...strings(config.availabilityZones), ...given];
  const [, own = "us-west-2"] = REGION_OF_ZONE.exec(taken.at(0) ?? "") ?? [];
  const prefix = region ?? own;
  return ZONE_LETTERS.map((letter) => prefix + letter).filter((zone) => !taken.includes(zone));
}
