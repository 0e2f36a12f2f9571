import { installArchive } from "../support/archive";
import { ENGINE_TIMEOUT } from "../support/engine";
import { addInstalled, assertMakesTheGroup, inExample, notOnPath } from "../support/example";

/** The languages whose programs use generated code, and what runs them under Pulumi's command line. */
const LANGUAGES: Record<string, string[]> = {
  yaml: [],
  python: ["pulumi-language-python", "python3"],
  go: ["pulumi-language-go", "go"],
  csharp: ["pulumi-language-dotnet", "dotnet"],
  java: ["pulumi-language-java", "mvn"],
};

/** The languages whose example tests/languages runs by the Automation API, for which no host is needed. */
const RUN_WITHOUT_HOST = ["python", "go"];

describe("the examples that have the plugin's archive", function () {
  // The first time, dependencies are downloaded and compiled.
  this.timeout(ENGINE_TIMEOUT);

  for (const [language, needs] of Object.entries(LANGUAGES)) {
    const reason = notOnPath(...needs);
    const title = `make the group in ${language}`;
    if (reason === "") {
      it(title, () =>
        inExample(language, async (terminal) => {
          await installArchive(terminal);
          await addInstalled(terminal);
          await assertMakesTheGroup(terminal);
        }),
      );
    } else if (!RUN_WITHOUT_HOST.includes(language)) {
      it.skip(`${title}: not run here, ${reason}`);
    }
  }
});
