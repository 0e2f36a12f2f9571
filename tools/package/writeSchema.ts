import { readFile, writeFile } from "node:fs/promises";
import { CONFIGURATION_SCHEMA_FILE, configurationSchemaText } from "./configurationSchema";
import { PERMISSIONS_FILE, withActions } from "./permissions";
import { policyFile, policyText } from "./policies";
import { README_FILE, REFERENCE_FILE, referencePage, withArguments } from "./reference";
import { makeSchema, schemaText } from "./schema";
import { SCHEMA_FILE } from "./schemaFile";

/** Writes the schema, and the files that are derived from it. */
async function write(): Promise<void> {
  const schema = makeSchema();
  const reference = await referencePage(schema);
  await writeFile(SCHEMA_FILE, await schemaText(schema));
  await writeFile(CONFIGURATION_SCHEMA_FILE, await configurationSchemaText(schema));
  await writeFile(REFERENCE_FILE, reference);
  await writeFile(PERMISSIONS_FILE, await withActions(await readFile(PERMISSIONS_FILE, "utf8")));
  for (const name of ["preview", "deploy", "destroy"] as const) {
    await writeFile(policyFile(name), await policyText(name));
  }
  await writeFile(README_FILE, await withArguments(await readFile(README_FILE, "utf8"), schema));
}

void write();
