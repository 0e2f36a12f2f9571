import { ENGINE_TIMEOUT } from "../support/engine";
import { assertMakesTheGroup, inExample } from "../support/example";
import { installNpmPackage, typeCheck } from "./npmPackage";

describe("the example in TypeScript, which has the npm package", function () {
  this.timeout(ENGINE_TIMEOUT);

  it("is type-checked and makes the group", async () => {
    await inExample("typescript", async (terminal) => {
      await installNpmPackage(terminal.program);
      typeCheck(terminal.program);
      await assertMakesTheGroup(terminal);
    });
  });
});
