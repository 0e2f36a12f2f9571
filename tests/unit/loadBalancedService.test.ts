import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedServiceArgs } from "../../components/args";
import { LoadBalancedService } from "../../components/loadBalancedService";
import { findProblemsOfService } from "../../components/validation";
import { BAD_SERVICES, GOOD_SERVICES, LISTENER, SERVICE } from "../arguments/service";
import { assertOnlyProblem } from "../arguments/table";
import {
  ACCOUNT,
  ANYWHERE,
  answersOf,
  DEFAULT_VPC,
  IN,
  OUT,
  type Account,
} from "../support/account";
import { COGNITO, JWT } from "../support/logins";
import { record, type RecorderOptions } from "../support/recorder";

const BALANCER = LISTENER.replace(":listener/", ":loadbalancer/").replace(/\/[^/]+$/, "");
const OWNER = "load-balanced-group/test/web";
const TAGS = { "load-balanced-service": OWNER };
/** The rule that a service adds to a security group of its targets. */
const INGRESS = {
  ...IN,
  ipProtocol: "tcp",
  fromPort: 80,
  toPort: 80,
  referencedSecurityGroupId: "sg-1",
};

/** The account with the load balancer, whose security group is sg-1. */
const accountOf = (more: Record<string, object> = {}, account: Partial<Account> = {}): Account => ({
  ...ACCOUNT,
  ...account,
  loadBalancing: {
    [BALANCER]: {
      vpcId: DEFAULT_VPC,
      subnets: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-1", "sg-2"],
      dnsName: "front.elb.test",
      zoneId: "Z1",
    },
    [LISTENER]: { protocol: "HTTPS", port: 443 },
    ...more,
  },
});

async function recordService(
  args: LoadBalancedServiceArgs,
  account: Account = accountOf(),
  options: RecorderOptions = {},
) {
  const made: LoadBalancedService[] = [];
  const recording = await record(() => made.push(new LoadBalancedService("web", args)), {
    answer: answersOf(account),
    isAws: true,
    ...options,
  });
  return { ...recording, service: made[0] };
}

/** The only failure, without the sentence before its reason. */
async function reasonOf(args: LoadBalancedServiceArgs, account: Account): Promise<string> {
  const { failures, registrations } = await recordService(args, account, { preview: true });
  assert.deepEqual(
    registrations.filter(({ type }) => type.startsWith("aws:")),
    [],
  );
  assert.equal(failures.length, 1, failures.join("\n"));
  const [start, reason] = failures[0].split("LoadBalancedService 'web': ");
  assert.equal(start, "invalid arguments for ");
  return reason;
}

const valueOf = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

describe("the arguments of a service", () => {
  for (const { args, path, code, says } of BAD_SERVICES) {
    it(`are refused at ${path}, ${code}: ${says.at(0) ?? ""}`, () => {
      const problems = findProblemsOfService("web", args);
      assertOnlyProblem(problems, { path, code, says });
    });
  }

  for (const [what, args] of GOOD_SERVICES) {
    it(`are taken: ${what}`, async () => {
      assert.deepEqual(findProblemsOfService("web", args), []);
      const { failures } = await recordService(
        args as LoadBalancedServiceArgs,
        accountOf(
          {},
          {
            instances: {
              "i-0a1b2c3d4e5f60001": { zone: "us-west-2a" },
              "i-0a1b2c3d4e5f60002": { zone: "us-west-2a" },
            },
            securityGroups: {
              ...ACCOUNT.securityGroups,
              "sg-0123456789abcdef0": {},
              "sg-0123456789abcdef1": {},
            },
          },
        ),
      );
      assert.deepEqual(failures, []);
    });
  }
});

describe("a service", () => {
  it("makes a target group in the load balancer's VPC, and a rule of the listener", async () => {
    const { registrations, find, service, failures } = await recordService({
      ...SERVICE,
      instanceIds: ["i-1"],
      tags: { team: "orders" },
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(registrations.map(({ name }) => name).sort(), [
      "web",
      "web-attachment-i-1:80",
      "web-rule-main",
      "web-tg",
    ]);
    const { vpcId, tags } = find("web-tg").inputs;
    assert.deepEqual([vpcId, tags], [DEFAULT_VPC, { team: "orders", ...TAGS }]);
    const rule = find("web-rule-main").inputs;
    assert.equal(rule.listenerArn, LISTENER);
    assert.deepEqual(rule.tags, { team: "orders", ...TAGS });
    assert.deepEqual(rule.actions, [{ type: "forward", targetGroupArn: "arn:web-tg" }]);
    assert.equal(await valueOf(service.targetGroupArn), "arn:web-tg");
    assert.deepEqual(await valueOf(service.targetGroupArnSuffixes), { default: "tg/web-tg" });
    assert.deepEqual(await valueOf(service.targetGroupNames), { default: "web-tg" });
    assert.deepEqual(await valueOf(service.ruleArns), { main: "arn:web-rule-main" });
    assert.equal(await valueOf(service.loadBalancerArn), BALANCER);
    assert.equal(await valueOf(service.loadBalancerArnSuffix), "app/front/0123456789abcdef");
    assert.equal(await valueOf(service.dnsName), "front.elb.test");
    assert.equal(await valueOf(service.zoneId), "Z1");
    assert.equal(await valueOf(service.securityGroupId), "sg-1");
    assert.equal(await valueOf(service.vpcId), DEFAULT_VPC);
  });

  it("has another priority than a service of another name with the same key", async () => {
    const priorities = await Promise.all(
      ["web", "api"].map(async (name) => {
        const { find } = await record(() => new LoadBalancedService(name, SERVICE), {
          answer: answersOf(accountOf()),
        });
        return find(`${name}-rule-main`).inputs.priority;
      }),
    );
    assert.notEqual(priorities[0], priorities[1]);
  });

  it("opens only the security groups that it is told to", async () => {
    const account = accountOf({}, { securityGroups: { "sg-1": {}, "sg-2": {}, "sg-t": {} } });
    const rulesOf = async (args: Partial<LoadBalancedServiceArgs>) => {
      const { registrations } = await recordService({ ...SERVICE, ...args }, account);
      return registrations
        .filter(({ type }) => type.includes("securityGroup"))
        .map(({ name, inputs }) => [
          name,
          inputs.securityGroupId,
          inputs.referencedSecurityGroupId,
        ]);
    };
    assert.deepEqual(await rulesOf({}), []);
    assert.deepEqual(await rulesOf({ targetSecurityGroupIds: ["sg-t"] }), [
      ["web-target-ingress-80-sg-t", "sg-t", "sg-1"],
    ]);
    const optimized = {
      targetSecurityGroupIds: ["sg-t"],
      targetGroup: { targetControlPort: 3000 },
    };
    assert.deepEqual(await rulesOf(optimized), [
      ["web-target-ingress-80-sg-t", "sg-t", "sg-1"],
      ["web-target-ingress-3000-sg-t", "sg-t", "sg-1"],
    ]);
    const both = { targetSecurityGroupIds: ["sg-t"], loadBalancerSecurityGroupId: "sg-2" };
    assert.deepEqual(await rulesOf(both), [
      ["web-target-ingress-80-sg-t", "sg-t", "sg-2"],
      ["web-egress-80-sg-t", "sg-2", "sg-t"],
    ]);
  });

  it("is refused if its listener is for HTTP, at all that needs HTTPS", async () => {
    const account = accountOf({ [LISTENER]: { protocol: "HTTP", port: 80 } });
    const arn = "arn:aws:acm:us-west-2:123456789012:certificate/a";
    const args = {
      ...SERVICE,
      targetGroup: { protocolVersion: "GRPC" as const },
      certificateArns: { a: arn },
      rules: {
        api: { pathPatterns: ["/api/*"], targetGroup: "default", jwtValidation: JWT },
        login: { pathPatterns: ["/app/*"], targetGroup: "default", authenticateCognito: COGNITO },
      },
    };
    const reason = await reasonOf(args, account);
    assert.ok(reason.startsWith("4 problems:"), reason);
    for (const path of [
      "targetGroup.protocolVersion: the protocol version GRPC",
      "rules.api.jwtValidation: the validation of tokens",
      "rules.login.authenticateCognito: a login",
      "certificateArns.a: a certificate",
    ]) {
      assert.ok(reason.includes(`- ${path} needs an HTTPS listener`), reason);
    }
    assert.deepEqual((await recordService(args)).failures, []);
  });

  describe("at the priority of another rule", () => {
    const at = (rule: object) => accountOf({ [`${LISTENER} 7`]: { arn: "arn:rule", ...rule } });
    const args: LoadBalancedServiceArgs = {
      ...SERVICE,
      rules: { main: { ...SERVICE.rules.main, priority: 7 } },
    };
    const others = [{ hostHeaders: [{ values: ["other.example.com"] }] }];
    const alike = [{ pathPatterns: [{ values: ["/orders/*"] }] }];

    it("is refused, with the owner and another priority", async () => {
      const tags = { "load-balanced-service": "shop/prod/cart" };
      const reason = await reasonOf(args, at({ tags, conditions: others }));
      assert.equal(
        reason,
        "rules.main.priority: the priority 7 is taken on this listener by a rule of the service cart (stack prod, " +
          "project shop), arn:rule; set rules.main.priority to a number that no rule of the listener has, such as 8 if it is free",
      );
    });

    it("is refused if a rule of something else has it", async () => {
      const reason = await reasonOf(args, at({ tags: {}, conditions: others }));
      assert.ok(reason.includes("is taken on this listener by another rule, arn:rule"), reason);
    });

    it("is created if the rule is its own", async () => {
      const own = at({ tags: TAGS, conditions: others });
      const { failures, warnings } = await recordService(args, own, { preview: true });
      assert.deepEqual([failures, warnings], [[], []]);
    });

    it("is created with a warning if the rule may be its own under a former name", async () => {
      const tags = { "load-balanced-service": "load-balanced-group/old/web" };
      const { failures, warnings } = await recordService(args, at({ tags, conditions: alike }), {
        preview: true,
      });
      assert.deepEqual(failures, []);
      assert.equal(warnings.length, 1);
      assert.ok(
        warnings[0].includes(
          "which has the same conditions; if you have renamed the stack or the project of this service, ignore",
        ),
        warnings[0],
      );
      const other = at({
        tags: { "load-balanced-service": "load-balanced-group/old/cart/eu" },
        conditions: alike,
      });
      const { warnings: renamed } = await recordService(args, other, { preview: true });
      assert.ok(
        renamed[0].includes(
          'if you have renamed this service, set aliases to [{ name: "cart/eu" }] in its resource options',
        ),
        renamed[0],
      );
      for (const owner of ["load-balanced-group/old/cart_1_-0a1b2c3d", "manual"]) {
        const odd = at({ tags: { "load-balanced-service": owner }, conditions: alike });
        const [text] = (await recordService(args, odd, { preview: true })).warnings;
        assert.ok(text.includes('[{ name: "<the former name>" }]'), text);
        assert.doesNotMatch(text, /undefined|service {2}/);
      }
    });
  });

  it("is refused if a security group has its rule already, from somebody else", async () => {
    const withRule = (own: object) =>
      accountOf(
        {},
        {
          securityGroups: {
            ...ACCOUNT.securityGroups,
            "sg-t": { rules: [{ ...INGRESS, ...own }] },
          },
        },
      );
    const args = { ...SERVICE, targetSecurityGroupIds: ["sg-t"] };
    const reason = await reasonOf(args, withRule({}));
    assert.ok(
      reason.startsWith(
        "targetSecurityGroupIds[0]: sg-t already has the inbound rule from sg-1 for port 80 that this service would add: something else created it",
      ),
      reason,
    );
    const other = await reasonOf(
      args,
      withRule({ tags: { "load-balanced-service": "shop/prod/cart" } }),
    );
    assert.ok(other.includes("the service cart (stack prod, project shop) created it"), other);
    assert.deepEqual((await recordService(args, withRule({ tags: TAGS }))).failures, []);
    assert.deepEqual(
      (await recordService(args, withRule({ fromPort: 81, toPort: 81 }))).failures,
      [],
    );
    assert.deepEqual((await recordService(args, withRule(OUT))).failures, []);
  });

  it("may add a rule that is only similar to another one", async () => {
    const similar = [
      { ipProtocol: "udp" },
      { fromPort: 79 },
      { toPort: 81 },
      { referencedSecurityGroupId: "sg-2" },
    ];
    const args = { ...SERVICE, targetSecurityGroupIds: ["sg-t"] };
    for (const change of similar) {
      const rules = [{ ...INGRESS, ...change }];
      const securityGroups = { ...ACCOUNT.securityGroups, "sg-t": { rules } };
      const { failures } = await recordService(args, accountOf({}, { securityGroups }));
      assert.deepEqual(failures, [], JSON.stringify(change));
    }
  });

  it("is refused if the security group that it opens has its rule already", async () => {
    const rule = { ...INGRESS, ...OUT, referencedSecurityGroupId: "sg-t" };
    const args = {
      ...SERVICE,
      targetSecurityGroupIds: ["sg-t"],
      loadBalancerSecurityGroupId: "sg-1",
    };
    const withRule = (change: object) => {
      const rules = [
        { ...IN, ...ANYWHERE },
        { ...rule, ...change },
      ];
      return accountOf({}, { securityGroups: { ...ACCOUNT.securityGroups, "sg-1": { rules } } });
    };
    const reason = await reasonOf(args, withRule({}));
    assert.match(
      reason,
      /^targetSecurityGroupIds\[0\]: sg-1 already has the outbound rule to sg-t for port 80/,
    );
    for (const change of [
      IN,
      { fromPort: 81, toPort: 81 },
      { referencedSecurityGroupId: "sg-2" },
    ]) {
      const { failures } = await recordService(args, withRule(change));
      assert.deepEqual(failures, [], JSON.stringify(change));
    }
  });

  it("is told to leave a security group out only if nothing is missing then", async () => {
    const inbound = { ...INGRESS };
    const outbound = (to: string) => ({ ...INGRESS, ...OUT, referencedSecurityGroupId: to });
    const opened = { loadBalancerSecurityGroupId: "sg-1" };
    const anyway = [
      { ...IN, ...ANYWHERE },
      { ...OUT, ...ANYWHERE },
    ];
    type Rules = Readonly<Record<string, unknown>>[];
    const remedyFor = async (args: object, inward: Rules, outward: Rules) => {
      const securityGroups = {
        ...ACCOUNT.securityGroups,
        "sg-t": { rules: inward },
        "sg-1": { rules: [...anyway, ...outward] },
      };
      const reason = await reasonOf({ ...SERVICE, ...args }, accountOf({}, { securityGroups }));
      return /a rule only once; (.*)$/.exec(reason)?.[1];
    };
    const another = "give the targets of this service a security group of their own";
    const one = { targetSecurityGroupIds: ["sg-t"] };
    const two = { targetSecurityGroupIds: ["sg-t", "sg-2"] };
    assert.equal(
      await remedyFor(one, [inbound], []),
      `remove sg-t here, because all security group rules that this service would add exist already, or ${another}`,
    );
    assert.equal(await remedyFor({ ...one, ...opened }, [], [outbound("sg-t")]), another);
    assert.equal(await remedyFor({ ...one, ...opened }, [inbound], []), another);
    assert.equal(
      await remedyFor({ ...one, ...opened }, [inbound], [outbound("sg-t")]),
      `remove targetSecurityGroupIds and loadBalancerSecurityGroupId here, because all security group rules that this service would add exist already, or ${another}`,
    );
    assert.equal(
      await remedyFor({ ...two, ...opened }, [inbound], [outbound("sg-t")]),
      `remove sg-t here, because all security group rules that this service would add exist already, or ${another}`,
    );
  });

  it("may have a rule of its own under a former name, which is a warning", async () => {
    const former = { tags: { "load-balanced-service": "load-balanced-group/old/web" } };
    const rule = { ...INGRESS, ...former };
    const rules = { main: { ...SERVICE.rules.main, priority: 7 } };
    const args = { ...SERVICE, rules, targetSecurityGroupIds: ["sg-t"] };
    const withPath = (path: string) =>
      accountOf(
        {
          [`${LISTENER} 7`]: {
            ...former,
            arn: "arn:rule",
            conditions: [{ pathPatterns: [{ values: [path] }] }],
          },
        },
        { securityGroups: { ...ACCOUNT.securityGroups, "sg-t": { rules: [rule] } } },
      );
    const { failures, warnings } = await recordService(args, withPath("/orders/*"), {
      preview: true,
    });
    assert.deepEqual(failures, []);
    assert.ok(
      warnings.some((text) => text.startsWith("targetSecurityGroupIds[0]: sg-t already has")),
      warnings.join("\n"),
    );
    const reason = await reasonOf(args, withPath("/other"));
    assert.ok(reason.includes("targetSecurityGroupIds[0]: sg-t already has"), reason);
  });

  it("is refused if the security group to open does not exist, and warns of another load balancer's", async () => {
    const opening = (id: string) => ({
      ...SERVICE,
      targetSecurityGroupIds: ["sg-t"],
      loadBalancerSecurityGroupId: id,
    });
    const reason = await reasonOf(opening("sg-none"), accountOf());
    assert.ok(reason.startsWith("loadBalancerSecurityGroupId: there is no sg-none"), reason);
    const warningsOf = async (id: string) =>
      (await recordService(opening(id), accountOf(), { preview: true })).warnings;
    const [warning] = await warningsOf("sg-9");
    assert.match(
      warning,
      /sg-9 is not a security group of the load balancer, which has sg-1, sg-2/,
    );
    assert.deepEqual(await warningsOf("sg-2"), []);
    const found = accountOf().loadBalancing?.[BALANCER];
    const bare = accountOf({ [BALANCER]: { ...found, securityGroups: [] } });
    const { warnings } = await recordService(opening("sg-9"), bare, { preview: true });
    assert.match(
      warnings.join("\n"),
      /sg-9 is not a security group .*, which has none; .* add sg-9 to the load balancer; if this program adds/,
    );
  });

  it("has a tag that AWS accepts, whatever its name", async () => {
    const tagOf = async (name: string) => {
      const { find } = await record(() => new LoadBalancedService(name, SERVICE), {
        answer: answersOf(accountOf()),
      });
      const { tags } = find(`${name}-rule-main`).inputs;
      return (tags as Record<string, string>)["load-balanced-service"];
    };
    const odd = await tagOf("orders (blue) #1, für *");
    assert.match(odd, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
    assert.notEqual(odd, await tagOf("orders [blue] #1, für *"));
    const [one, other] = await Promise.all(["1", "2"].map((end) => tagOf("n".repeat(300) + end)));
    assert.equal(one.length, 256);
    assert.notEqual(one, other);
  });

  it("refuses a server outside the load balancer's zones, with the remedy for a given load balancer", async () => {
    const account = accountOf({}, { instances: { "i-far": { zone: "us-west-2c" } } });
    const reason = await reasonOf({ ...SERVICE, instanceIds: ["i-far"] }, account);
    assert.ok(reason.includes("add a subnet in its zone to the load balancer"), reason);
  });

  it("takes a stopped server with a warning if it was deployed before", async () => {
    const stopped = { instances: { "i-1": { zone: "us-west-2a", state: "stopped" } } };
    const rules = { main: { ...SERVICE.rules.main, priority: 7 } };
    const args = { ...SERVICE, rules, instanceIds: ["i-1"] };
    const reason = await reasonOf(args, accountOf({}, stopped));
    assert.ok(reason.includes("i-1 is stopped; start it"), reason);
    const deployed = accountOf({ [`${LISTENER} 7`]: { arn: "arn:rule", tags: TAGS } }, stopped);
    const { failures, warnings } = await recordService(args, deployed, { preview: true });
    assert.deepEqual(failures, []);
    assert.ok(
      warnings.some((text) => text.includes("i-1 is stopped; if it is not registered yet")),
    );
  });

  it("warns of rules of its own that never get a request, and of nothing about encryption", async () => {
    const rules = {
      all: { pathPatterns: ["/*"], targetGroup: "default", priority: 1 },
      some: { pathPatterns: ["/a"], targetGroup: "default" },
    };
    const { warnings } = await recordService({ ...SERVICE, rules });
    assert.equal(warnings.length, 1, warnings.join("\n"));
    assert.match(warnings[0], /^rules\.some never gets a request/);
  });

  it("makes no call if preflight is off, except to find its load balancer", async () => {
    const { invocations } = await recordService({ ...SERVICE, preflight: "off" });
    assert.deepEqual(invocations.map(({ token }) => token).sort(), [
      "aws:lb/getListener:getListener",
      "aws:lb/getLoadBalancer:getLoadBalancer",
    ]);
  });

  it("works with mocks that answer nothing", async () => {
    const { failures, find } = await recordService(SERVICE, accountOf(), {
      answer: () => ({}),
      isAws: false,
    });
    assert.deepEqual(failures, []);
    assert.equal(find("web-rule-main").inputs.listenerArn, LISTENER);
  });
});
