import assert from "node:assert/strict";
import { mock } from "node:test";
import { Lookups } from "../../../components/lookups/lookups";
import { Failed } from "../../../components/checks";

const never = () => new Promise<string>(() => undefined);
const PURPOSE = { propertyPath: "vpcId", what: "the VPC", instead: "set vpcId" };

describe("a lookup", () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it("that is never answered is skipped after 20 seconds, if it is optional", async () => {
    const lookups = new Lookups();
    const answer = lookups.optional("instances", never);
    mock.timers.tick(19_999);
    assert.equal(lookups.skippedChecks(), undefined);
    mock.timers.tick(1);
    assert.equal(await answer, undefined);
    assert.match(
      lookups.skippedChecks() ?? "",
      /\n {2}- ec2:DescribeInstances: AWS did not answer within 20 seconds; run the command again\n/,
    );
  });

  it("that is never answered fails after two minutes, if it is required", async () => {
    const answer = new Lookups().required("vpc", PURPOSE, never, () => "vpc-1");
    mock.timers.tick(120_000);
    const failed = await answer;
    assert.ok(Failed.isInstance(failed));
    assert.deepEqual(failed.problems, [
      {
        code: "lookup",
        propertyPath: "vpcId",
        reason:
          "vpcId: the VPC can't be looked up (ec2:DescribeVpcs, ec2:DescribeVpcAttribute, " +
          "ec2:DescribeRouteTables): AWS did not answer within 120 seconds; run the command again, or set vpcId",
      },
    ]);
  });

  it("that can't be made is like one that is not answered", async () => {
    const lookups = new Lookups();
    const refuse = (): Promise<string> => {
      throw new Error("api error Weird: it is so\n\n");
    };
    assert.equal(await lookups.optional("instances", refuse), undefined);
    assert.match(
      lookups.skippedChecks() ?? "",
      /AWS answered "Weird: it is so"; solve the problem that this answer describes, or run the command again/,
    );
  });

  it("advises no IAM policy for the call that needs no permission", async () => {
    const lookups = new Lookups();
    const said = "operation error STS: GetCallerIdentity, StatusCode: 403, api error AccessDenied";
    await lookups.optional("account", () => Promise.reject(new Error(said)));
    assert.match(
      lookups.skippedChecks() ?? "",
      /sts:GetCallerIdentity: AWS refused this call, .*; check the policy of the VPC endpoint for STS/,
    );
  });

  it("names all actions with one reason in one line", async () => {
    const lookups = new Lookups();
    const deny = () => Promise.reject(new Error("AccessDenied"));
    await lookups.optional("account", deny);
    await lookups.optional("instances", deny);
    await lookups.optional("instances", deny);
    assert.match(
      lookups.skippedChecks() ?? "",
      /\n {2}- ec2:DescribeInstances, sts:GetCallerIdentity: the credentials lack the permission for this call; allow the call in an IAM policy of the identity that `aws sts get-caller-identity` shows\n/,
    );
  });
});
