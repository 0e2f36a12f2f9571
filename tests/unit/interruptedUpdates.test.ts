import assert from "node:assert/strict";
import type { Deployment } from "@pulumi/pulumi/automation";
import {
  creationOf,
  pendingCreations,
  resourcesOf,
  withCreations,
  withoutMistakes,
} from "../../automation/interrupted/deployment";
import { computedId, type Invoke, lookedUpId } from "../../automation/interrupted/identity";
import { unansweredCreations } from "../../automation/interrupted/unanswered";
import { Progress } from "../../automation/progress";

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const GROUP = "aws:lb/targetGroup:TargetGroup";
const RECORD = "aws:route53/record:Record";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;

function resource(type: string, name: string, more: object = {}) {
  return { urn: urnOf(type, name), type, custom: true, ...more };
}

function stateOf(resources: object[], pending: object[] = []): Deployment {
  return { version: 3, deployment: { resources, pending_operations: pending } };
}

const creating = (one: object) => ({ resource: one, type: "creating" });

describe("the state after an interrupted update", () => {
  it("tells which resources were being created, but not those without anything in AWS", () => {
    const group = resource(GROUP, "web-tg", { inputs: { name: "web-tg-1" } });
    const component = { ...resource("load-balanced-group:index:Group", "web"), custom: false };
    const provider = resource("pulumi:providers:aws", "default");
    const pending = [
      ...[group, component, provider].map(creating),
      { resource: group, type: "updating" },
    ];
    assert.deepEqual(
      pendingCreations(stateOf([], pending)).map(({ urn }) => urn),
      [group.urn],
    );
  });

  it("gets what was created, and deletes what it replaces", () => {
    const inputs = { name: "web-tg-2", __defaults: ["name"] };
    const [creation] = creationOf(resource(GROUP, "web-tg", { inputs }));
    const old = resource(GROUP, "web-tg", { id: "old" });
    const state = stateOf([old], [creating(creation.resource)]);
    const after = withCreations(state, [creation], new Map([[creation.urn, "new"]]));
    assert.deepEqual(pendingCreations(after), []);
    assert.deepEqual(
      resourcesOf(after).map(({ id, delete: isOld, outputs }) => ({ id, isOld, outputs })),
      [
        { id: "old", isOld: true, outputs: undefined },
        { id: "new", isOld: undefined, outputs: { name: "web-tg-2" } },
      ],
    );
    assert.equal(withoutMistakes(after, state, [creation]), undefined);
  });

  it("keeps the old resource if its replacement does not exist", () => {
    const [creation] = creationOf(resource(GROUP, "web-tg", { inputs: {} }));
    const old = resource(GROUP, "web-tg", { id: "old" });
    const state = stateOf([old]);
    const read = stateOf([{ ...old, delete: true }]);
    const corrected = withoutMistakes(read, state, [creation]);
    assert.deepEqual(
      corrected && resourcesOf(corrected).map(({ id, delete: isOld }) => [id, isOld]),
      [["old", undefined]],
    );
  });

  it("gets no record that leads elsewhere", () => {
    const [creation] = creationOf(
      resource(RECORD, "web", { inputs: { aliases: [{ name: "web-1.elb.amazonaws.com" }] } }),
    );
    const found = (name: string) =>
      stateOf([resource(RECORD, "web", { id: "z_web_A", outputs: { aliases: [{ name }] } })]);
    const own = found("Web-1.elb.amazonaws.com.");
    assert.equal(withoutMistakes(own, stateOf([]), [creation]), undefined);
    const corrected = withoutMistakes(found("other.example.com"), stateOf([]), [creation]);
    assert.deepEqual(corrected && resourcesOf(corrected), []);
  });

  it("gets a security group only to be deleted, since its creation may be half done", () => {
    const type = "aws:ec2/securityGroup:SecurityGroup";
    const [creation] = creationOf(resource(type, "web-sg", { inputs: {} }));
    const old = resource(type, "web-sg", { id: "sg-1" });
    const after = withCreations(stateOf([old]), [creation], new Map([[creation.urn, "sg-2"]]));
    assert.deepEqual(
      resourcesOf(after).map(({ id, delete: isOld }) => [id, isOld]),
      [
        ["sg-1", undefined],
        ["sg-2", true],
      ],
    );
  });
});

describe("the ID of a resource that was being created", () => {
  it("is made from its inputs where the provider does so", () => {
    const inputs = { zoneId: "Z1", name: "www.example.com", type: "A" };
    assert.equal(computedId(RECORD, inputs), "Z1_www.example.com_A");
    assert.equal(computedId(RECORD, { ...inputs, zoneId: { secret: true } }), undefined);
  });

  it("is that of the rule with the same protocol, ports and peer", async () => {
    const rules: Record<string, object> = {
      "sgr-1": {
        isEgress: true,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrIpv4: "0.0.0.0/0",
      },
      "sgr-2": {
        isEgress: false,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrIpv4: "10.0.0.0/8",
      },
      "sgr-3": {
        isEgress: false,
        ipProtocol: "tcp",
        fromPort: 80,
        toPort: 80,
        cidrIpv4: "0.0.0.0/0",
      },
    };
    const invoke: Invoke = (token, args) =>
      Promise.resolve(
        token.endsWith("Rules")
          ? { ids: Object.keys(rules) }
          : rules[String(args.securityGroupRuleId)],
      );
    const inputs = {
      securityGroupId: "sg-1",
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      cidrIpv4: "0.0.0.0/0",
    };
    assert.equal(await lookedUpId(RULE, inputs, invoke), "sgr-3");
    assert.equal(await lookedUpId(RULE, { ...inputs, toPort: 81 }, invoke), undefined);
  });

  it("is that of a certificate with the same key algorithm", async () => {
    const CERTIFICATE = "aws:acm/certificate:Certificate";
    const asked: unknown[] = [];
    const invoke: Invoke = (_token, { keyTypes }) => {
      asked.push(keyTypes);
      return Promise.resolve({ id: "arn" });
    };
    const inputs = { domainName: "www.example.com" };
    assert.equal(await lookedUpId(CERTIFICATE, inputs, invoke), "arn");
    await lookedUpId(CERTIFICATE, { ...inputs, keyAlgorithm: "EC_prime256v1" }, invoke);
    assert.deepEqual(asked, [undefined, ["EC_prime256v1"]]);
  });

  it("is unknown only if AWS says that there is none", async () => {
    const answering = (message: string) => () => Promise.reject(new Error(message));
    const inputs = { name: "web-tg-1" };
    const none = answering("reading ELBv2 Target Groups: couldn't find resource");
    assert.equal(await lookedUpId(GROUP, inputs, none), undefined);
    for (const message of ["AccessDenied: not authorized", "multiple Target Groups matched"]) {
      await assert.rejects(lookedUpId(GROUP, inputs, answering(message)), new RegExp(message));
    }
  });
});

describe("creations without an answer of AWS", () => {
  const refusal = (code: string) =>
    `operation error EC2: AuthorizeSecurityGroupIngress, https response error StatusCode: 400, RequestID: 1, api error ${code}: no`;
  const unanswered = (message: string, inputs: object) => {
    const failed = resource(RULE, "web-ingress", { inputs });
    const progress = new Progress("dev", "up", (text) => text);
    progress.failedCreations.push({
      id: "",
      parent: "",
      provider: "",
      outputs: {},
      ...failed,
      inputs: { ...inputs },
    });
    progress.errors.push({ message, urn: failed.urn });
    const state = stateOf([
      resource("aws:ec2/securityGroup:SecurityGroup", "web-sg", { id: "sg-1" }),
    ]);
    return unansweredCreations(progress, state).map(({ urn }) => urn);
  };
  const own = { securityGroupId: "sg-1" };
  const urn = urnOf(RULE, "web-ingress");

  it("are those that ended with the provider or the connection", () => {
    assert.deepEqual(unanswered("error reading from server: EOF", own), [urn]);
    assert.deepEqual(unanswered(refusal("UnauthorizedOperation"), own), []);
  });

  it("are those that the provider could not read after their creation", () => {
    const read = refusal("AccessDenied").replace("AuthorizeSecurityGroupIngress", "DescribeRules");
    assert.deepEqual(unanswered(read, own), [urn]);
  });

  it("are those that AWS refuses as a repetition, in what the stack owns", () => {
    assert.deepEqual(unanswered(refusal("InvalidPermission.Duplicate"), own), [urn]);
    assert.deepEqual(
      unanswered(refusal("InvalidPermission.Duplicate"), { securityGroupId: "sg-2" }),
      [],
    );
  });
});
