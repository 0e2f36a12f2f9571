import { readFileSync } from "node:fs";
import path from "node:path";
import { provider } from "@pulumi/pulumi";
import { GroupProvider } from "./provider/groupProvider";

/*
 * The engine's way in: a process that prints its port and makes groups for programs in any language.
 * It is bundled into one file, which has its schema beside it as this one has.
 */
const schema = readFileSync(path.join(__dirname, "schema.json"), "utf8");
void provider.main(new GroupProvider(schema), process.argv.slice(2));
