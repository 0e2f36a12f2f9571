import assert from "node:assert/strict";
import type { AuthenticateAction, RedirectAction } from "../aws";
import { askSecurely } from "./support/httpClient";
import { CERTIFICATE } from "./support/testEc2";
import { ElbStage } from "./support/elbStage";
import { refuses, rejects } from "./support/awsErrors";

const REDIRECT: RedirectAction = {
  type: "redirect",
  protocol: "#{protocol}",
  host: "#{host}",
  port: "#{port}",
  path: "/#{path}",
  query: "#{query}",
  statusCode: "HTTP_301",
};

const NO_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:nothing";

describe("the rules for listeners", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const HTTPS = { port: 443, protocol: "HTTPS", certificateArn: CERTIFICATE } as const;

  it("are known by an ARN below the load balancer's", async () => {
    const listener = await stage.forward(stage.group());
    const below = listener.loadBalancerArn.replace(":loadbalancer/", ":listener/");
    assert.match(listener.listenerArn.slice(below.length), /^\/[0-9a-f]{16}$/);
    assert.ok(listener.listenerArn.startsWith(below));
    assert.deepEqual(stage.elb.describeListener(listener.listenerArn), listener);
  });

  it("have a port of their own on their load balancer", async () => {
    const first = await stage.forward(stage.group());
    const { loadBalancerArn } = first;
    const targetGroupArn = stage.group();
    const second = (port: number) =>
      stage.elb.createListener({
        loadBalancerArn,
        port,
        protocol: "HTTP",
        defaultAction: { type: "forward", targetGroupArn },
      });
    const words = /^A listener already exists on this port for this load balancer 'arn:/;
    await rejects(second(80), "DuplicateListener", words);
    const [one, other] = await Promise.allSettled([second(81), second(81)]);
    assert.deepEqual([one.status, other.status], ["fulfilled", "rejected"]);
    await rejects(
      stage.elb.modifyListener(first.listenerArn, { ...first, port: 81 }),
      "DuplicateListener",
      words,
    );
  });

  it("forward to groups of one load balancer and one VPC", async () => {
    const taken = stage.group();
    await stage.forward(taken);
    const words = /^The following target groups cannot be associated with more than one load bal/;
    await rejects(stage.forward(taken), "TargetGroupAssociationLimit", words);
    const abroad = stage.group({}, { vpcId: "vpc-2" });
    const elsewhere = /is in a different VPC than load balancer/;
    await rejects(stage.forward(abroad), "InvalidConfigurationRequest", elsewhere);
    await rejects(stage.forward(NO_ARN), "TargetGroupNotFound", /not found/);
  });

  it("stay with what they had when a change is refused", async () => {
    const taken = stage.group();
    await stage.forward(taken);
    const listener = await stage.forward(stage.group());
    await rejects(
      stage.elb.modifyListener(listener.listenerArn, {
        ...listener,
        defaultAction: { type: "forward", targetGroupArn: taken },
      }),
      "TargetGroupAssociationLimit",
      /more than one/,
    );
    assert.deepEqual(stage.elb.describeListener(listener.listenerArn), listener);
  });

  it("need a certificate that exists and a known policy for HTTPS, and none for HTTP", async () => {
    const listen = (change: object) => stage.forward(stage.group(), {}, change);
    await rejects(
      listen({ ...HTTPS, certificateArn: undefined }),
      "ValidationError",
      /^A certificate must be specified for HTTPS listeners$/,
    );
    await rejects(
      listen({ ...HTTPS, certificateArn: "arn:none" }),
      "CertificateNotFound",
      /'arn:none' not found/,
    );
    await rejects(
      listen({ ...HTTPS, sslPolicy: "ELBSecurityPolicy-None" }),
      "SSLPolicyNotFound",
      /'ELBSecurityPolicy-None' not found/,
    );
    await rejects(listen({ certificateArn: CERTIFICATE }), "ValidationError", /HTTP listeners/);
  });

  it("have users log in over HTTPS only", async () => {
    const authenticate: AuthenticateAction = {
      type: "authenticate-cognito",
      onUnauthenticatedRequest: "deny",
      scope: "openid",
      sessionCookieName: "login",
      sessionTimeout: 60,
      authenticationRequestExtraParams: {},
      settings: {},
    };
    const listen = (change: object) =>
      stage.forward(stage.group(), {}, { authenticate, ...change });
    await rejects(listen({}), "InvalidLoadBalancerAction", /authenticate-cognito.*only on HTTPS/);
    const { listenerArn, ...listener } = await listen(HTTPS);
    const url = stage.elb.listenerUrl(listenerArn);
    assert.equal((await askSecurely(url)).status, 401);
    await stage.elb.modifyListener(listenerArn, { ...listener, authenticate: undefined });
    assert.equal((await askSecurely(url)).status, 503);
  });

  it("do not redirect to themselves, nor from HTTPS to HTTP", async () => {
    const redirect = (change: Partial<RedirectAction>, listener = {}) =>
      stage.forward("", {}, { defaultAction: { ...REDIRECT, ...change }, ...listener });
    const code = "InvalidLoadBalancerAction";
    const loop = /^The redirect configuration is not valid because it creates a loop\.$/;
    await rejects(redirect({}), code, loop);
    await rejects(redirect({ protocol: "HTTP", port: "80" }), code, loop);
    await rejects(redirect({ protocol: "HTTP" }, HTTPS), code, /redirects HTTPS to HTTP/);
    await rejects(redirect({ path: "new" }), code, /path does not begin/);
    await redirect({ port: "8080" });
    await redirect({ query: "a=b" });
  });

  it("exist before they are changed or deleted", async () => {
    const listener = await stage.forward(stage.group());
    const code = "ListenerNotFound";
    await rejects(stage.elb.modifyListener(NO_ARN, listener), code, /not found/);
    await rejects(stage.elb.deleteListener(NO_ARN), code, /not found/);
    refuses(() => stage.elb.listenerUrl(NO_ARN), code, /not found/);
    await rejects(
      stage.elb.createListener({ ...listener, loadBalancerArn: NO_ARN }),
      "LoadBalancerNotFound",
      /not found/,
    );
  });
});
