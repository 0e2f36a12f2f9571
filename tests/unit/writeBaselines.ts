import { readFile, writeFile } from "node:fs/promises";
import { BASELINES_FILE, describeBaselines, README_FILE, showing } from "./baselines";

void describeBaselines().then(async ({ page, table }) => {
  await writeFile(BASELINES_FILE, page);
  await writeFile(README_FILE, showing(await readFile(README_FILE, "utf8"), table));
});
