import { closest } from "fastest-levenshtein";
import { isRecord, type Problem, strings } from "../components/checks";
import { Argument } from "./arguments";
import { stepsOf, valueBy } from "./paths";
import { REGION_OF_ZONE } from "../components/plan/regions";

/** The stack whose configuration is mended. */
export interface Mended {
  readonly stack: string;
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
export function inOrderOfRemedy(problems: readonly Problem[]): Problem[] {
  const [kept, removed] = [false, true].map((which) =>
    problems.filter((problem) => isRemoved(problem) === which),
  );
  return [...kept, ...removed.reverse()];
}

/** Whether the remedy is to take the property out. */
const isRemoved = ({ edit }: Problem) => edit?.remove === true;

/** The command that mends a problem, but for the value that only the user knows. */
export function remedyFor(problem: Problem, mended: Mended): string {
  const { propertyPath: path } = problem;
  const { config } = mended;
  if (path === "") return command(mended, []);
  const key = keyOf(path, config);
  // Of a long path a part is left out, of a secret one the key.
  if (/\.\.\.|\[secret\]/.test(path)) return `${command(mended, ["get"], key)}  # shows it`;
  if (mended.isSecret(key)) return secretRemedy(path, isRemoved(problem), mended);
  const argument = argumentAt(path, mended);
  const given = valueBy(config, stepsIn(path, config));
  const settings = isRemoved(problem)
    ? renamed(problem, given, mended)
    : settingsFor(problem, argument, given, mended);
  const isInTheWay = isRemoved(problem) || !holds(given, argument);
  if (settings.length === 0 && !isInTheWay) return `${command(mended, ["get"], path)}  # shows it`;
  const set = settings.map((one) => command(mended, ["set"], one.path, one.value));
  return [...(isInTheWay ? [command(mended, ["rm"], path)] : []), ...set].join(" && ");
}

/** The key of the configuration that a path begins with. */
export function keyOf(path: string, config: Readonly<Record<string, unknown>>): string {
  return String(stepsIn(path, config).at(0) ?? path);
}

function secretRemedy(path: string, isRemoval: boolean, mended: Mended): string {
  const key = keyOf(path, mended.config);
  const get = command(mended, ["get"], key);
  if (Argument.all.at(key)?.canBeSecret === false) {
    return `${get} | ${command(mended, ["set", "--plaintext"], key)}`;
  }
  // What else is encrypted under this key must not be lost, and is not to be shown.
  const isWhole = path === key && Argument.all.at(key)?.kind !== "object";
  if (!isWhole) return `${get}  # shows it; set it again with --secret`;
  if (isRemoval) return command(mended, ["rm"], key);
  return `${command(mended, ["set", "--secret"], key)}  # asks for it`;
}

function command(mended: Mended, verb: readonly string[], path?: string, value?: string): string {
  const isNested = path !== undefined && keyOf(path, mended.config) !== path;
  const options = ["-s", mended.stack, ...(isNested ? ["--path"] : [])];
  const operands = [path, value].filter((one) => one !== undefined);
  const words = ["config", ...verb, ...options, ...operands].map(quoted);
  return [pulumi(), ...words].join(" ");
}

/** How Pulumi is called: `npm run local` stands before its commands in the rehearsal. */
const pulumi = () => process.env.LOAD_BALANCED_GROUP_PULUMI ?? "pulumi";

/** A word as every POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function argumentAt(path: string, { config }: Mended): Argument | undefined {
  return stepsIn(path, config).reduce<Argument | undefined>(
    (argument, step) => argument?.at(step),
    Argument.all,
  );
}

/** The steps of a path; a key at the top may have any characters. */
function stepsIn(path: string, config: Mended["config"]): (string | number)[] {
  return Object.hasOwn(config, path) ? [path] : stepsOf(path).map(({ step }) => step);
}

/** Whether something can be set within what is given, or in its place. */
function holds(given: unknown, argument: Argument | undefined): boolean {
  if (given === undefined) return true;
  if (argument?.kind === "list") return Array.isArray(given);
  return argument?.kind !== "object" || isRecord(given);
}

/** What was given under a name that was meant for another one, which has no value yet. */
function renamed({ propertyPath, edit }: Problem, given: unknown, mended: Mended): Setting[] {
  const kept = textOf(given);
  if (edit?.rename === undefined || kept === "") return [];
  const path = propertyPath.replace(/\w+$/, edit.rename);
  const argument = argumentAt(path, mended);
  const { config } = mended;
  const isFree = valueBy(config, stepsIn(path, config)) === undefined;
  if (argument === undefined || !isFree) return [];
  return settingsWithin(path, argument, kept, mended);
}

/** What to set, so that a value is there and of the right kind; empty where only the user can tell. */
function settingsFor(
  { code, propertyPath: path, edit = {} }: Problem,
  argument: Argument | undefined,
  given: unknown,
  mended: Mended,
): Setting[] {
  if (argument === undefined) return [{ path, value: edit.write ?? PLACEHOLDER }];
  if (Array.isArray(given) && argument.kind === "list") {
    return code === "too-few" ? itemsFor(path, argument, given, "", mended) : [];
  }
  if (isRecord(given) && argument.kind === "object") {
    if (edit.add === undefined) return [];
    const part = argument.at(edit.add);
    return part === undefined ? [] : settingsWithin(`${path}.${edit.add}`, part, "", mended);
  }
  const kept = textOf(given);
  if (argument.kind === "list" || argument.kind === "object") {
    return settingsWithin(path, argument, kept, mended);
  }
  const zone = path.startsWith("availabilityZones[") ? freeZones(mended).at(0) : undefined;
  return [{ path, value: edit.write ?? zone ?? chosen(argument, given) ?? PLACEHOLDER }];
}

/** What was given as one text, or as the only one in a list; empty where it is nothing of the kind. */
function textOf(given: unknown): string {
  if (Array.isArray(given)) return given.length === 1 ? textOf(given[0]) : "";
  return typeof given === "string" || typeof given === "number" ? String(given) : "";
}

/** What to set where nothing is yet; a value that stood in the place of a list or an object is kept in it. */
function settingsWithin(path: string, argument: Argument, kept: string, mended: Mended): Setting[] {
  if (argument.kind === "list") return itemsFor(path, argument, [], kept, mended);
  if (argument.kind !== "object") {
    const isKept = argument.kind === "text" && argument.choices.length === 0 && kept !== "";
    return [{ path, value: isKept ? kept : (chosen(argument, kept) ?? PLACEHOLDER) }];
  }
  return keysOf(argument).flatMap((key, index) => {
    const part = argument.at(key);
    return part ? settingsWithin(`${path}.${key}`, part, index === 0 ? kept : "", mended) : [];
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
  there: readonly unknown[],
  kept: string,
  mended: Mended,
): Setting[] {
  const at = (index: number) => `${path}[${there.length + index}]`;
  if (path === "availabilityZones") {
    const zones = kept === "" ? freeZones(mended) : [kept, ...freeZones(mended, kept)];
    const missing = Math.max(1, 2 - there.length);
    return zones.slice(0, missing).map((value, index) => ({ path: at(index), value }));
  }
  const item = list.at(0);
  return item === undefined ? [] : settingsWithin(at(0), item, kept, mended);
}

/** How people write true and false. */
const FLAGS = ["true", "yes", "on", "1", "enabled", "false", "no", "off", "0", "disabled"];

/** The choice that was meant, where there is one; what is one already is wrong for another reason. */
function chosen({ kind, choices, default: usual }: Argument, given: unknown): string | undefined {
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
function freeZones({ config, region }: Mended, ...given: string[]): string[] {
  const taken = [...strings(config.availabilityZones), ...given];
  const [, own = "us-west-2"] = REGION_OF_ZONE.exec(taken.at(0) ?? "") ?? [];
  const prefix = region ?? own;
  return ZONE_LETTERS.map((letter) => prefix + letter).filter((zone) => !taken.includes(zone));
}
