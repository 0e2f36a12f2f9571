import assert from "node:assert/strict";
import { sampleAccount } from "../sampleAccount";
import { BALANCER, EmulatorFixture, LOAD_BALANCER } from "./support/emulatorFixture";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";

describe("web ACLs of the emulator", () => {
  const aws = EmulatorFixture.inEachTest();
  const webAcls = () => sampleAccount().webAcls.map(({ arn }) => arn);

  it("are associated with a load balancer, known by both, and read back", async () => {
    const [webAclArn] = webAcls();
    const balancer = await aws.provider.make(LOAD_BALANCER, BALANCER);
    const inputs = { webAclArn, resourceArn: balancer.id };
    const { id, state } = await aws.provider.make(ASSOCIATION, inputs);

    assert.equal(id, `${webAclArn},${balancer.id}`);
    assert.deepEqual(
      [state.webAclArn, state.resourceArn, state.region],
      [webAclArn, balancer.id, "us-west-2"],
    );
    const diff = await aws.provider.diff(ASSOCIATION, state, { ...inputs, webAclArn: "other" });
    assert.deepEqual(diff.replaces, ["webAclArn"]);
    assert.equal(aws.emulator.ec2.isBlocked(balancer.id, "/admin/x"), true);
    await aws.provider.delete(ASSOCIATION, id, state);
    assert.equal(aws.emulator.ec2.isBlocked(balancer.id, "/admin/x"), false);
    assert.equal((await aws.provider.read(ASSOCIATION, id, { state })).id, "");
  });

  it("give way to another one, and go whichever association is deleted", async () => {
    const [first, second] = webAcls();
    const { id: resourceArn } = await aws.provider.make(LOAD_BALANCER, BALANCER);
    const old = await aws.provider.make(ASSOCIATION, { webAclArn: first, resourceArn });
    await aws.provider.make(ASSOCIATION, { webAclArn: second, resourceArn });
    assert.equal(aws.emulator.ec2.webAcls.find(resourceArn)?.arn, second);
    await aws.provider.delete(ASSOCIATION, old.id, old.state);
    assert.equal(aws.emulator.ec2.webAcls.find(resourceArn), undefined);
  });

  it("are refused in AWS's words where there is none, or no load balancer", async () => {
    const [webAclArn] = webAcls();
    const { id: resourceArn, state } = await aws.provider.make(LOAD_BALANCER, BALANCER);
    const refused =
      /creating WAFv2 WebACL Association .*operation error WAFV2: AssociateWebACL.* WAFNonexistentItemException/s;
    const webAcl = { webAclArn: `${webAclArn}0`, resourceArn };
    await assert.rejects(aws.provider.make(ASSOCIATION, webAcl), refused);
    const made = await aws.provider.make(ASSOCIATION, { webAclArn, resourceArn });
    await aws.provider.delete(LOAD_BALANCER, resourceArn, state);
    await assert.rejects(aws.provider.make(ASSOCIATION, { webAclArn, resourceArn }), refused);
    await aws.provider.delete(ASSOCIATION, made.id, made.state);
  });
});
