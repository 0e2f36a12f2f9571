import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { GroupProvider } from "../../provider/groupProvider";
import { withoutSecrets } from "../../provider/redactErrors";
import { record } from "../support/recorder";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";

const TYPE = "load-balanced-group:index:LoadBalancedGroup";

describe("what the provider refuses", () => {
  const provider = new GroupProvider(readFileSync(SCHEMA_FILE, "utf8"));
  const refusal = new pulumi.InputPropertiesError({
    message: "in the component's words",
    errors: [
      { propertyPath: "port", reason: "port must be less" },
      { propertyPath: "tags.owner", reason: "tags.owner must be shorter" },
      { propertyPath: "targets.one.id", reason: "targets.one.id: there is no such server" },
      { propertyPath: "vpcId", reason: "another reason" },
    ],
  });

  async function refusalOf(inputs: pulumi.Inputs) {
    const error = await withoutSecrets(refusal, inputs);
    assert.ok(pulumi.InputPropertiesError.isInstance(error));
    return { message: error.message, errors: error.errors };
  }

  it("is reported under its property, which is not named twice", async () => {
    const inputs = { port: 99, tags: { owner: "me" }, targets: { one: { id: "i-1" } } };
    assert.deepEqual(await refusalOf(inputs), {
      message: "invalid arguments",
      errors: [
        { propertyPath: "port", reason: "must be less" },
        { propertyPath: "tags.owner", reason: "must be shorter" },
        { propertyPath: "targets.one.id", reason: "there is no such server" },
        { propertyPath: "vpcId", reason: "another reason" },
      ],
    });
  });

  it("is reported in the message if the value is secret, or is beside a secret", async () => {
    const { message, errors } = await refusalOf({
      port: pulumi.secret(99),
      tags: { owner: "me", other: pulumi.secret("mine") },
      targets: { one: { id: pulumi.output("i-1") } },
    });
    assert.equal(
      message,
      "invalid arguments\n\t\t- port must be less\n\t\t- tags.owner must be shorter",
    );
    assert.deepEqual(
      errors.map(({ propertyPath }) => propertyPath),
      ["targets.one.id", "vpcId"],
    );
  });

  it("is reported without the value, too, if it is known only later", async () => {
    let refused: unknown;
    const program = async () => {
      const inputs = { subnetIds: pulumi.secret([]) };
      await assert.rejects(provider.construct("web", TYPE, inputs, {}), (error) => {
        refused = error;
        return true;
      });
    };
    const { failures } = await record(program, { isCaught: true });
    assert.deepEqual(failures, [], "and nothing else reports it");
    assert.ok(pulumi.InputPropertiesError.isInstance(refused));
    assert.deepEqual(refused.errors, []);
    assert.match(
      refused.message,
      /- subnetIds must have 1 or more subnets in different zones, got \[secret\];/,
    );
  });

  it("leaves other errors as they are", async () => {
    const error = new Error("of another kind");
    assert.equal(await withoutSecrets(error, {}), error);
  });

  it("is any type but the group's", async () => {
    await assert.rejects(
      provider.construct("web", "load-balanced-group:index:Other", {}, {}),
      /there is no load-balanced-group:index:Other in this package, only load-balanced-group:index/,
    );
  });
});
