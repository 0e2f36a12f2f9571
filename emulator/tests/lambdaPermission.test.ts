import assert from "node:assert/strict";
import { Emulator } from "../emulator";
import { sampleAccount } from "../sampleAccount";
import { ProviderClient } from "./support/providerClient";

const PERMISSION = "aws:lambda/permission:Permission";
const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";
const INPUTS = {
  action: "lambda:InvokeFunction",
  function: FUNCTION,
  principal: "elasticloadbalancing.amazonaws.com",
  sourceArn: "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/web/1",
};

describe("permissions of Lambda functions in the emulator", () => {
  let emulator: Emulator;
  let provider: ProviderClient;
  beforeEach(async () => {
    const account = sampleAccount();
    account.functions.push({ functionArn: FUNCTION, handler: () => ({}), permissions: [] });
    emulator = await Emulator.start({ account });
    provider = new ProviderClient(emulator.environment);
  });
  afterEach(async () => {
    provider.close();
    await emulator.close();
  });

  it("are statements of the function's policy, with ids of their own", async () => {
    const { id, state } = await provider.make(PERMISSION, INPUTS);
    assert.match(id, /^web-[0-9a-f]{7}$/);
    const { functionArn, permissions } = emulator.ec2.findFunction(FUNCTION) ?? {};
    assert.equal(functionArn, FUNCTION);
    assert.equal(permissions?.[0].sourceArn, INPUTS.sourceArn);
    assert.deepEqual((await provider.read(PERMISSION, id, { state, inputs: INPUTS })).state, state);

    await provider.delete(PERMISSION, id, state);
    assert.deepEqual(permissions, []);
    assert.equal((await provider.read(PERMISSION, id, { state })).id, "");
    await provider.delete(PERMISSION, id, state);
  });

  it("need a function that exists, and an id that no other has", async () => {
    await assert.rejects(
      provider.make(PERMISSION, { ...INPUTS, function: `${FUNCTION}-2` }),
      /adding Lambda Permission .*operation error Lambda: AddPermission.*ResourceNotFoundException: Function not found/s,
    );
    await provider.make(PERMISSION, { ...INPUTS, statementId: "elb" });
    await assert.rejects(
      provider.make(PERMISSION, { ...INPUTS, statementId: "elb" }),
      /ResourceConflictException/,
    );
    await assert.rejects(
      provider.make(PERMISSION, { ...INPUTS, statementId: "orders.v2" }),
      /ValidationException.*'orders\.v2' at 'statementId'/s,
    );
    const { id } = await provider.make(PERMISSION, { ...INPUTS, statementIdPrefix: "orders-" });
    assert.match(id, /^orders-[0-9a-f]{26}$/);
  });
});
