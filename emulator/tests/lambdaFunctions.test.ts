import assert from "node:assert/strict";
import type { LambdaEvent } from "../elb/lambdaEvent";
import { ask } from "./support/httpClient";
import { ElbStage, HEALTH_CHECK } from "./support/elbStage";
import { refuses } from "./support/awsErrors";

const ARN = "arn:aws:lambda:eu-west-1:123456789012:function:api";
const OFF = { ...HEALTH_CHECK, enabled: false };

describe("Lambda functions behind a load balancer", () => {
  let stage: ElbStage;
  let events: LambdaEvent[];
  beforeEach(() => {
    stage = new ElbStage();
    events = [];
  });
  afterEach(async () => {
    await stage.close();
  });

  const permission = (sourceArn: string, qualifier?: string) => ({
    action: "lambda:InvokeFunction",
    principal: "elasticloadbalancing.amazonaws.com",
    sourceArn,
    qualifier,
  });

  const groupOf = (attributes = {}, healthCheck = OFF) =>
    stage.group(attributes, { targetType: "lambda", port: 0, vpcId: "", healthCheck });

  const addFunction = (answer: (event: LambdaEvent) => unknown, functionArn = ARN) => {
    const handler = (event: unknown) => {
      events.push(event as LambdaEvent);
      return answer(event as LambdaEvent);
    };
    const added = { functionArn, handler, permissions: [] };
    stage.ec2.functions.set(functionArn, added);
    return added as { permissions: object[] };
  };

  /** A listener that forwards to a group of the function. */
  const serving = async (answer: (event: LambdaEvent) => unknown, attributes = {}) => {
    const group = groupOf(attributes);
    addFunction(answer).permissions.push(permission(group));
    const { listenerArn } = await stage.forward(group);
    stage.elb.registerTarget(group, { id: ARN, port: 0 });
    return { url: stage.elb.listenerUrl(listenerArn), group };
  };

  it("get requests as events, and answer them", async () => {
    const { url, group } = await serving(() => ({
      statusCode: 201,
      statusDescription: "201 Made",
      headers: { "X-From": "function", Connection: "close" },
      body: "made",
    }));
    const answer = await ask(`${url}/a%20b?x=1&x=%202&y`, {
      method: "POST",
      body: "text",
      headers: { "Content-Type": "text/plain", "X-Two": ["1", "2"] },
    });
    assert.deepEqual([answer.status, answer.body], [201, "made"]);
    assert.equal(answer.headers["x-from"], "function");
    assert.equal(answer.headers["content-length"], "4");
    const [event] = events;
    assert.equal(event.requestContext.elb.targetGroupArn, group);
    assert.equal(event.httpMethod, "POST");
    assert.equal(event.path, "/a%20b");
    assert.deepEqual(event.queryStringParameters, { x: "%202", y: "" });
    assert.deepEqual([event.body, event.isBase64Encoded], ["text", false]);
    assert.equal(event.headers?.["x-two"], "2");
    assert.equal(event.headers["x-forwarded-proto"], "http");
    assert.equal(event.multiValueHeaders, undefined);
  });

  it("get and give lists of values where that is set", async () => {
    const { url } = await serving(
      () => ({ statusCode: 200, multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] } }),
      { "lambda.multi_value_headers.enabled": "true" },
    );
    const answer = await ask(`${url}/?x=1&x=2`, { headers: { "X-Two": ["1", "2"] } });
    assert.deepEqual(answer.headers["set-cookie"], ["a=1", "b=2"]);
    assert.deepEqual(events[0].multiValueQueryStringParameters, { x: ["1", "2"] });
    assert.deepEqual(events[0].multiValueHeaders?.["x-two"], ["1", "2"]);
    assert.equal(events[0].headers, undefined);
  });

  it("get and give bytes in base64", async () => {
    const { url } = await serving(({ body }) => ({
      statusCode: 200,
      isBase64Encoded: true,
      body,
    }));
    const answer = await ask(url, {
      method: "PUT",
      body: "bytes",
      headers: { "Content-Type": "application/octet-stream" },
    });
    assert.equal(events[0].isBase64Encoded, true);
    assert.equal(answer.body, "bytes");
  });

  const wrong: [string, () => unknown][] = [
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
    ["answers nothing", () => undefined],
    ["has no status code", () => ({ body: "x" })],
    ["has a status code in quotes", () => ({ statusCode: "200" })],
    ["has a body that is no text", () => ({ statusCode: 200, body: { a: 1 } })],
    ["answers with more than 1 MB", () => ({ statusCode: 200, body: "x".repeat(1024 * 1024) })],
  ];
  for (const [what, answer] of wrong) {
    it(`give 502 where the function ${what}`, async () => {
      const { url } = await serving(answer);
      assert.equal((await ask(url)).status, 502);
    });
  }

  it("are not sent more than 1 MB, nor anything but HTTP", async () => {
    const { url } = await serving(() => ({ statusCode: 200 }));
    const body = "x".repeat(1024 * 1024);
    assert.equal((await ask(url, { method: "POST", body })).status, 200);
    assert.equal((await ask(url, { method: "POST", body: `${body}x` })).status, 413);
    const headers = { Connection: "Upgrade", Upgrade: "websocket" };
    assert.equal((await ask(url, { headers })).status, 400);
    assert.equal(events.length, 1);
  });

  it("are registered where the group may invoke them, and one in a group", () => {
    const group = groupOf();
    const { permissions } = addFunction(() => undefined);
    const register = (id = ARN) => {
      stage.elb.registerTarget(group, { id, port: 0 });
    };
    refuses(register, "AccessDenied", /does not have permission to invoke .* from target group/);
    permissions.push(permission(`${group}0`));
    refuses(register, "AccessDenied", /permission/);
    permissions.push(permission(group));
    register();
    const alias = `${ARN}:live`;
    refuses(
      () => {
        register(alias);
      },
      "AccessDenied",
      /permission/,
    );
    permissions.push(permission(group, "live"));
    refuses(
      () => {
        register(alias);
      },
      "TooManyTargets",
      /one Lambda function only/,
    );
    refuses(
      () => {
        register(`${ARN}-2`);
      },
      "InvalidTarget",
      /not valid/,
    );
  });

  it("are unavailable and serve while their health is not checked", async () => {
    const { url, group } = await serving(() => ({ statusCode: 200 }));
    const [{ state, reason }] = stage.elb.describeTargetHealth(group);
    assert.deepEqual([state, reason], ["unavailable", "Target.HealthCheckDisabled"]);
    assert.equal(events.length, 0);
    assert.equal((await ask(url)).status, 200);

    const healthy = stage.reaches(ARN, "healthy");
    stage.elb.modifyTargetGroup(group, { ...HEALTH_CHECK, enabled: true });
    await healthy;
    const [, check] = events;
    assert.deepEqual(
      [check.path, check.headers],
      ["/health", { "user-agent": "ELB-HealthChecker/2.0" }],
    );
    const unchecked = stage.reaches(ARN, "unavailable");
    stage.elb.modifyTargetGroup(group, OFF);
    await unchecked;
  });

  it("are gone at once when they are deregistered", async () => {
    const { url, group } = await serving(() => ({ statusCode: 200 }));
    stage.elb.deregisterTarget(group, { id: ARN, port: 0 });
    assert.deepEqual(stage.elb.describeTargetHealth(group), []);
    assert.equal((await ask(url)).status, 503);
  });
});
