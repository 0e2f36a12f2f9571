import assert from "node:assert/strict";
import { EmulatorFixture } from "./support/emulatorFixture";
import { UNKNOWN, type Bag } from "./support/providerClient";
import { LAUNCH, TEMPLATE, type Known } from "./support/scalingFixture";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("the emulator's launch templates", () => {
  const aws = EmulatorFixture.inEachTest();

  const make = (inputs: Bag = {}) => aws.provider.make(TEMPLATE, { ...LAUNCH, ...inputs });

  async function change(known: Known, news: Bag): Promise<Known> {
    const inputs = { ...known.inputs, ...news };
    const state = await aws.provider.update(TEMPLATE, known.id, known.state, inputs);
    return { id: known.id, state, inputs };
  }

  const versions = ({ state }: Known) => [state.latestVersion, state.defaultVersion];

  it("keep what they are made with, under a name of their own", async () => {
    const metadataOptions = { httpTokens: "required" };
    const userData = base64("#!/bin/bash\n");
    const { id, state, inputs } = await make({ metadataOptions, userData, tags: { a: "b" } });
    assert.match(id, /^lt-0[0-9a-f]{16}$/);
    assert.match(String(state.name), /^web-[0-9a-f]{7}$/);
    assert.equal(state.arn, `arn:aws:ec2:us-west-2:${aws.account.accountId}:launch-template/${id}`);
    assert.deepEqual([state.userData, state.metadataOptions], [userData, metadataOptions]);
    assert.deepEqual(
      [state.latestVersion, state.defaultVersion, state.tagsAll],
      [1, 1, { a: "b" }],
    );
    assert.deepEqual((await aws.provider.diff(TEMPLATE, state, inputs)).kinds, {});
  });

  it("get a version for each change, and another default one only where it is asked for", async () => {
    const first = await make();
    const second = await change(first, { instanceType: "t3.small" });
    assert.deepEqual(versions(second), [2, 1]);
    const third = await change(second, { imageId: "ami-2", updateDefaultVersion: true });
    assert.deepEqual(versions(third), [3, 3]);
    const back = await change(third, { updateDefaultVersion: false, defaultVersion: 2 });
    assert.deepEqual(versions(back), [3, 2]);
    const tagged = await change(back, { tags: { a: "b" } });
    assert.deepEqual(versions(tagged), [3, 2]);
    const bare = await aws.provider.make(TEMPLATE, {});
    assert.deepEqual(versions(await change(bare, { tags: { a: "b" } })), [1, 1]);
  });

  it("leave a preview in the dark about the version that a change makes, and only then", async () => {
    const { id, state, inputs } = await make();
    const preview = (news: Bag) =>
      aws.provider.update(TEMPLATE, id, state, { ...inputs, ...news }, { preview: true });
    assert.equal((await preview({ instanceType: "t3.small" })).latestVersion, UNKNOWN);
    assert.equal((await preview({ tags: { a: "b" } })).latestVersion, 1);
    assert.deepEqual(
      aws.callsSince(0).filter((call) => call.includes("Version")),
      [],
    );
  });

  it("are gone when they are deleted, also by others", async () => {
    const { id, state } = await make();
    await aws.provider.delete(TEMPLATE, id, state);
    assert.equal((await aws.provider.read(TEMPLATE, id, { state })).id, "");
    await aws.provider.delete(TEMPLATE, id, state);
  });

  it("are refused in AWS's words", async () => {
    await make({ name: "servers" });
    await assert.rejects(
      make({ name: "servers" }),
      /creating EC2 Launch Template \(servers\).*InvalidLaunchTemplateName\.AlreadyExistsException: .*already in use/s,
    );
    await assert.rejects(make({ userData: "#!/bin/bash" }), /Invalid BASE64 encoding of user data/);
    const made = await make();
    await assert.rejects(
      change(made, { defaultVersion: 2 }),
      /VersionNotFound: Could not find the specified version 2/,
    );
    await assert.rejects(make({ name: "no spaces" }), /expected name to have 3 to 128 letters/);
    await assert.rejects(make({ cpuOptions: {} }), /does not support the property cpuOptions/);
  });
});
