import { readFileSync } from "node:fs";
import path from "node:path";
import { provider } from "@pulumi/pulumi";
import { GroupProvider } from "./groupProvider";

/*
 * The provider's process: it prints its port, and creates groups for programs in any language. It is bundled into one
 * file, with schema.json beside it.
 */
const schema = readFileSync(path.join(__dirname, "schema.json"), "utf8");
void provider.main(new GroupProvider(schema), process.argv.slice(2));
