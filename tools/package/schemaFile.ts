import path from "node:path";
import { ROOT } from "./manifest";

/** The path of the schema that the provider serves. */
export const SCHEMA_FILE = path.join(ROOT, "schema.json");
