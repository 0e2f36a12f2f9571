import { writeFile } from "node:fs/promises";
import { makeSchema, schemaText } from "./schema";
import { SCHEMA_FILE } from "./schemaFile";

void schemaText(makeSchema()).then((text) => writeFile(SCHEMA_FILE, text));
