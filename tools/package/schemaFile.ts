import path from "node:path";
import { ROOT } from "./manifest";

/** Where the schema lies that the provider serves. */
export const SCHEMA_FILE = path.join(ROOT, "schema.json");
