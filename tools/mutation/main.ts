import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../package/manifest";
import { mutationDocument, tableOf, type Result, type Results } from "./document";
import former from "./results.json";
import { type Room, ROOMS } from "./rooms";
import { measure } from "./stryker";

const RESULTS = path.join(__dirname, "results.json");
const DOCUMENT = path.join(ROOT, "docs/mutation.md");

/** `npm run test:mutation`: whether the tests notice mistakes in the code, and the table in docs/mutation.md. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { concurrency: { type: "string", default: "2" } },
    allowPositionals: true,
  });
  const wanted = positionals.map((one) => path.relative(ROOT, path.resolve(one)));
  const concurrency = Number(values.concurrency);
  const folders: Record<string, Result> = {};
  const parts: Record<string, Result> = {};
  for (const room of ROOMS) {
    const isWhole = wanted.length === 0 || wanted.some((one) => isIn(one, room.folder));
    const files = isWhole ? [] : wanted.filter((one) => isFileOf(room, one));
    if (!isWhole && files.length === 0) continue;
    const score = await measure(room, { files, concurrency });
    const measured = isWhole ? folders : parts;
    measured[room.folder] = { date: new Date().toISOString().slice(0, 10), ...score };
    for (const one of score.survivors) {
      say(`${one.file}:${one.line}: ${one.code} -> ${one.replacement}`);
    }
    // At once, so that a run that is ended keeps what it found.
    if (isWhole) await keep(folders);
  }
  const results = { ...folders, ...parts };
  if (Object.keys(results).length === 0) throw new Error(`no code in ${wanted.join(", ")}`);
  console.log(tableOf(results));
}

function isFileOf({ folder, without }: Room, file: string): boolean {
  return file.endsWith(".ts") && isIn(folder, file) && !without.some((one) => isIn(one, file));
}

function isIn(folder: string, place: string): boolean {
  return place === folder || place.startsWith(`${folder}/`);
}

/** Keeps the result of a folder beside those of the others, and writes the page of all. */
async function keep(measured: Results): Promise<void> {
  const all: Results = { ...former, ...measured };
  const folders = ROOMS.map((room) => room.folder).filter((one) => one in all);
  const results = Object.fromEntries(folders.map((one) => [one, all[one]]));
  await writeFile(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  await writeFile(DOCUMENT, await mutationDocument(results));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

void main();
