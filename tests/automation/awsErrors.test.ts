import assert from "node:assert/strict";
import { AwsError, RefusedError } from "../../automation";
import { rejectionsIn } from "../../automation/awsAdvice";
import { CONFIGURATION, Environments } from "../support/environments";
import { failure } from "../support/failure";

/** As the real provider reports AWS's answer, here to a call that the SDK has a type of error for. */
const TYPED =
  "1 error occurred:\n\t* creating ELBv2 Listener (arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/web/1): " +
  "operation error Elastic Load Balancing v2: CreateListener, https response error StatusCode: 400, " +
  "RequestID: 0d9a1, DuplicateListenerException: A listener already exists on this port for this load balancer\n\n";

const THROTTLED =
  "operation error EC2: DescribeSubnets, exceeded maximum number of attempts, 25, https response error " +
  "StatusCode: 503, RequestID: 77c0e, api error RequestLimitExceeded: Request limit exceeded.";

/** The codes that users of load balancers meet, as the API's reference lists them. */
const LISTED =
  "DuplicateLoadBalancerName DuplicateTargetGroupName DuplicateListener PriorityInUse ResourceInUse " +
  "TargetGroupAssociationLimit InvalidTarget TooManyRegistrationsForTargetId TooManyTargets TooManyRules " +
  "TooManyUniqueTargetGroupsPerLoadBalancer SubnetNotFound InvalidSubnet InvalidConfigurationRequest " +
  "InvalidSecurityGroup CertificateNotFound UnsupportedCertificate SSLPolicyNotFound OperationNotPermitted " +
  "TrustStoreNotFound AvailabilityZoneNotSupported TooManyTags DependencyViolation InvalidChangeBatch";

const rejectedWith = (code: string) =>
  rejectionsIn(`operation error S: Call, RequestID: 1, api error ${code}: no`, "urn");

describe("an error of AWS", function () {
  this.timeout(120_000);
  const stage = Environments.forSuite();

  it("is reported with its call, code, resource and property, and with advice", async () => {
    const environment = await stage().open("guarded");
    const { outputs } = await environment.up();
    // Behind the engine's back, so that it asks AWS in vain.
    const protect = (enabled: boolean) =>
      stage().emulator.elb.modifyLoadBalancerAttributes(outputs.loadBalancerArn, {
        "deletion_protection.enabled": String(enabled),
      });
    protect(true);
    const error = await failure(environment.destroy(), AwsError);
    assert.equal(error.rejections.length, 1);
    const [{ call, code, resource, property, advice }] = error.rejections;
    assert.deepEqual([call, code], ["DeleteLoadBalancer", "OperationNotPermitted"]);
    assert.match(resource ?? "", /::web-alb$/);
    assert.equal(property, "deletionProtection");
    assert.match(advice, /set deletionProtection to false/);
    assert.equal(error.retryable, false);
    assert.ok(error.message.includes(advice));
    assert.ok(error.cause instanceof Error);
    protect(false);
    await environment.destroy();
  });

  it("is reported before anything is deleted, if the state shows it", async () => {
    const options = { configuration: { ...CONFIGURATION, deletionProtection: true } };
    const environment = await stage().open("protected", options);
    await environment.up();
    const before = stage().changes.length;
    const error = await failure(environment.destroy(), RefusedError);
    assert.equal(error.problems[0].propertyPath, "deletionProtection");
    assert.match(error.problems[0].reason, /is true for web-alb/);
    assert.equal(stage().changes.length, before);
    const unprotected = await stage().open("protected");
    await unprotected.up();
    await unprotected.destroy();
  });

  it("is read from both formats of the SDK's errors", () => {
    assert.deepEqual(
      rejectionsIn(TYPED, "urn:web-http").map(({ call, code, message, property, resource }) => ({
        call,
        code,
        message,
        property,
        resource,
      })),
      [
        {
          call: "CreateListener",
          code: "DuplicateListener",
          message: "A listener already exists on this port for this load balancer",
          property: "port",
          resource: "urn:web-http",
        },
      ],
    );
    const [throttled] = rejectionsIn(THROTTLED, undefined);
    assert.deepEqual(
      [throttled.call, throttled.code, throttled.retryable],
      ["DescribeSubnets", "RequestLimitExceeded", true],
    );
    assert.deepEqual(rejectionsIn("something else failed: no", undefined), []);
  });

  for (const code of LISTED.split(" ")) {
    it(`has its own advice: ${code}`, () => {
      const [{ advice }] = rejectedWith(code);
      assert.notEqual(advice, rejectedWith("Unheard")[0].advice);
      assert.match(advice, /^[A-Z].+\.$/s);
    });
  }
});
