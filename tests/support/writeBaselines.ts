import { writeFile } from "node:fs/promises";
import { BASELINES_FILE, describeBaselines } from "./baselines";

void describeBaselines().then((text) => writeFile(BASELINES_FILE, text));
