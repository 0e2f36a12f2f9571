import { installArchive } from "../support/archive";
import { ENGINE_TIMEOUT } from "../support/engine";
import { addInstalled, assertMakesTheGroup, inExample, missing } from "../support/example";

/** The languages whose programs use generated code, and what it takes to run them. */
const LANGUAGES: Record<string, string[]> = {
  yaml: ["pulumi-language-yaml"],
  python: ["pulumi-language-python", "python3"],
  go: ["pulumi-language-go", "go"],
  csharp: ["pulumi-language-dotnet", "dotnet"],
  java: ["pulumi-language-java", "mvn"],
};

describe("the examples that have the plugin's archive", function () {
  // The first time, dependencies are downloaded and compiled.
  this.timeout(ENGINE_TIMEOUT);

  for (const [language, needs] of Object.entries(LANGUAGES)) {
    it(`make the group in ${language}`, async function () {
      const absent = await missing(needs);
      if (absent.length > 0) {
        this.runnable().title += `, skipped: there is no ${absent.join(", no ")} on PATH`;
        this.skip();
      }
      await inExample(language, async (terminal) => {
        await installArchive(terminal);
        await addInstalled(terminal);
        await assertMakesTheGroup(terminal);
      });
    });
  }
});
