import { readFileSync } from "node:fs";
import path from "node:path";
import { provider } from "@pulumi/pulumi";
import { GroupProvider } from "./provider/groupProvider";

/*
 * The engine's way in: a process that prints its port and makes groups for programs in any language.
 * It is bundled into one file, which has its schema beside it as this one has.
 */
const schema = readFileSync(path.join(__dirname, "schema.json"), "utf8");
const groups = new GroupProvider(schema);
void provider.main(groups, process.argv.slice(2));

/** Done when the first group has been made, and all that makes groups has run. */
export const warm = groups.warm;
