import assert from "node:assert/strict";
import { ACCOUNT, answersOf } from "../../tests/support/account";
import { record, type Registration } from "../../tests/support/recorder";
import { serverIds } from "../servers";

/** What a program of the benchmark makes in AWS, by name. */
async function madeBy(program: string): Promise<Map<string, unknown>> {
  const instances = Object.fromEntries(serverIds(3).map((id) => [id, { zone: "us-west-2a" }]));
  const { registrations, failures } = await record(
    // It makes its resources while it is loaded, of a size that the environment tells.
    () => import(program),
    { answer: answersOf({ ...ACCOUNT, instances }) },
  );
  assert.deepEqual(failures, []);
  const inAws = ({ type }: Registration) => type.startsWith("aws:");
  return new Map(
    registrations.filter(inAws).map(({ type, name, inputs }) => [`${type} ${name}`, inputs]),
  );
}

describe("the programs of the benchmark", () => {
  const before = { ...process.env };
  after(() => {
    process.env = before;
  });

  it("make the same, by hand and by the component", async () => {
    process.env.BENCH_SERVERS = "3";
    process.env.BENCH_GROUPS = "2";
    process.env.BENCH_RULES = "2";
    const byHand = await madeBy("../programs/raw");
    const byComponent = await madeBy("../programs/component");
    assert.deepEqual([...byComponent.keys()].sort(), [...byHand.keys()].sort());
    for (const [name, inputs] of byHand) assert.deepEqual(byComponent.get(name), inputs, name);
  });
});
