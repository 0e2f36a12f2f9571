import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs, LoadBalancedServiceArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { LoadBalancedService } from "../../components/loadBalancedService";
import { SteadyLoad } from "../../demo/load";
import {
  CERTIFICATE,
  FIRST,
  OTHER_CERTIFICATE,
  outputsOf,
  SECOND,
  Stage,
  THIRD,
  type Run,
} from "../support/stage";

/** The security group of the sample account's servers. */
const SERVERS = "sg-00000000000000eb1";

/** A load balancer without targets of its own, which services share. */
const FRONT: LoadBalancedGroupArgs = {
  availabilityZones: ["us-west-2a", "us-west-2b"],
  defaultAction: { fixedResponse: { statusCode: 404, messageBody: "no such service" } },
};

const frontOf = (args: LoadBalancedGroupArgs) => () => {
  const group = new LoadBalancedGroup("front", args);
  return Promise.resolve({ ...outputsOf(group), securityGroupId: group.securityGroupId });
};

const serviceOf = (name: string, args: LoadBalancedServiceArgs) => () => {
  const { targetGroupArn, ruleArns, dnsName, vpcId } = new LoadBalancedService(name, args);
  return Promise.resolve({ targetGroupArn, ruleArns, dnsName, vpcId });
};

const groupIn = ({ outputs }: Run) => String(outputs.targetGroupArn.value);

/** The requests to a service under a steady load, until it is stopped. */
class Visitors {
  private readonly load: SteadyLoad;

  constructor(url: string, path: string) {
    this.load = new SteadyLoad(new URL(path, url).href, 60);
  }

  /** The servers that have answered; every request must have been answered. */
  async servers(): Promise<string[]> {
    await this.load.further(20);
    await this.load.stop();
    const { answers } = this.load;
    assert.deepEqual(
      answers.flatMap(({ failure }) => failure ?? []),
      [],
    );
    return [...new Set(answers.map(({ instanceId = "" }) => instanceId))].sort();
  }
}

describe("services of two stacks that share a load balancer", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite({ ports: [80, 8080] });
  let orders: Stage;
  let shop: Stage;
  let url = "";
  let listenerArn = "";
  let loadBalancerSecurityGroupId = "";
  let ruleOfShop = "";

  const ordersArgs = (): LoadBalancedServiceArgs => ({
    listenerArn,
    rules: { main: { pathPatterns: ["/orders/*"], targetGroup: "default" } },
    instanceIds: [FIRST],
    targetSecurityGroupIds: [SERVERS],
    loadBalancerSecurityGroupId,
  });
  const shopArgs = (): LoadBalancedServiceArgs => ({
    listenerArn,
    rules: { main: { pathPatterns: ["/shop/*"], targetGroup: "default" } },
    instanceIds: [SECOND, THIRD],
    targetGroup: { port: 8080 },
    targetSecurityGroupIds: [SERVERS],
    loadBalancerSecurityGroupId,
  });
  const statusOf = async (path: string) => (await fetch(new URL(path, url))).status;

  before(async () => {
    const run = await stage().up(frontOf(FRONT));
    url = stage().urlOf(run);
    ({ http: listenerArn } = run.outputs.listenerArns.value as Record<string, string>);
    loadBalancerSecurityGroupId = String(run.outputs.securityGroupId.value);
    orders = await stage().withStack("orders");
    shop = await stage().withStack("shop");
  });

  it("each create what is theirs, and add a rule when its targets are registered", async () => {
    const run = await orders.up(serviceOf("orders", ordersArgs()));
    assert.deepEqual(run.steps.slice(-2), ["create orders-rule-main", "create orders"]);
    assert.deepEqual([...run.steps].sort(), [
      "create orders",
      `create orders-attachment-${FIRST}:80`,
      `create orders-egress-80-${SERVERS}`,
      "create orders-rule-main",
      `create orders-target-ingress-80-${SERVERS}`,
      "create orders-tg",
    ]);
    assert.match(String(run.outputs.vpcId.value), /^vpc-/);
    await orders.healthy(groupIn(run));
    const other = await shop.up(serviceOf("shop", shopArgs()));
    ({ main: ruleOfShop } = other.outputs.ruleArns.value as Record<string, string>);
    await shop.healthy(groupIn(other));
    assert.deepEqual(await new Visitors(url, "/orders/1").servers(), [FIRST]);
    assert.deepEqual(await new Visitors(url, "/shop/1").servers(), [SECOND, THIRD]);
    assert.equal(await statusOf("/else"), 404);
  });

  it("have nothing to do afterwards, and no drift", async () => {
    const program = serviceOf("orders", ordersArgs());
    const { warnings } = await orders.preview(program, { expectNoChanges: true });
    assert.deepEqual(warnings, []);
    await orders.refresh();
    await stage().preview(frontOf(FRONT), { expectNoChanges: true });
    await stage().refresh();
  });

  it("change without a lost request of either", async () => {
    const ofOrders = new Visitors(url, "/orders/1");
    const ofShop = new Visitors(url, "/shop/1");
    const run = await shop.up(serviceOf("shop", { ...shopArgs(), instanceIds: [THIRD] }));
    assert.deepEqual(run.steps, [`delete shop-attachment-${SECOND}:8080`]);
    assert.deepEqual(await ofOrders.servers(), [FIRST]);
    await ofShop.servers();
  });

  it("are told at preview that another service has the priority, and of a free one", async () => {
    const { priority: taken } = stage().emulator.elb.describeRule(ruleOfShop);
    const { rules, ...others } = ordersArgs();
    const clash = serviceOf("orders", {
      ...others,
      rules: { main: { ...rules.main, priority: taken } },
    });
    const before = stage().existing;
    const advice = `set rules\\.main\\.priority to a number that no rule of the listener has, such as ${taken + 1}`;
    await assert.rejects(
      orders.preview(clash),
      new RegExp(
        `rules\\.main\\.priority: the priority ${taken} is taken on this listener by a rule of the service shop \\(stack shop, project load-balanced-group\\).*${advice}`,
      ),
    );
    await assert.rejects(orders.up(clash), /is taken on this listener by a rule of the service/);
    assert.deepEqual(stage().existing, before);
  });

  it("are told at preview that another service has added a security group rule", async () => {
    const copy = await stage().withStack("copy");
    const rules = { main: { pathPatterns: ["/copy/*"], targetGroup: "default" } };
    await assert.rejects(
      copy.preview(serviceOf("copy", { ...ordersArgs(), rules })),
      /targetSecurityGroupIds\[0\]: sg-\w+ already has the inbound rule from sg-\w+ for port 80 that this service would add: the service orders \(stack orders, project load-balanced-group\) created it/,
    );
  });

  it("are told at preview what the load balancer's security group does not allow", async () => {
    const { loadBalancerSecurityGroupId: own, ...closed } = shopArgs();
    const { warnings } = await shop.preview(
      serviceOf("shop", { ...closed, targetGroup: { port: 9090 } }),
    );
    assert.ok(
      warnings.some((text) => text.includes(`listenerArn: ${own as string} does not allow`)),
      warnings.join("\n"),
    );
  });

  it("keep their targets and security group rules when a service or its stack is renamed", async () => {
    const program = () => {
      new LoadBalancedService("sales", ordersArgs(), { aliases: [{ name: "orders" }] });
      return Promise.resolve({});
    };
    const updateRenamed = async () => {
      const { warnings } = await orders.preview(program);
      assert.notEqual(warnings.length, 0);
      for (const warning of warnings) assert.match(warning, /if you have renamed /);
      const load = new Visitors(url, "/orders/1");
      const { steps } = await orders.up(program);
      assert.deepEqual(
        steps.filter((step) => !step.startsWith("update ")),
        [],
      );
      assert.deepEqual(await load.servers(), [FIRST]);
    };
    await updateRenamed();
    await orders.stack.rename({ stackName: "billing" });
    orders = await stage().withStack("billing");
    await updateRenamed();
    await orders.preview(program, { expectNoChanges: true });
    await orders.refresh();
  });

  it("leave the others alone when they go", async () => {
    const ofShop = new Visitors(url, "/shop/1");
    const { steps } = await orders.destroy();
    assert.equal(steps[0], "delete sales-rule-main");
    assert.deepEqual(await ofShop.servers(), [THIRD]);
    assert.equal(await statusOf("/orders/1"), 404);
    await stage().refresh();
    await shop.refresh();
  });
});

describe("a service of the same program as its load balancer", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite();

  const program = (front: LoadBalancedGroupArgs, service: Partial<LoadBalancedServiceArgs> = {}) =>
    function both() {
      const group = new LoadBalancedGroup("front", {
        ...FRONT,
        certificateArn: CERTIFICATE,
        ...front,
      });
      const { targetGroupArn, ruleArns } = new LoadBalancedService("orders", {
        listenerArn: group.listenerArns.apply(({ https }) => https),
        rules: { main: { pathPatterns: ["/orders/*"], targetGroup: "default" } },
        instanceIds: [FIRST],
        certificateArns: { orders: OTHER_CERTIFICATE },
        loadBalancerSecurityGroupId: group.securityGroupId,
        targetSecurityGroupIds: [SERVERS],
        ...service,
      });
      return Promise.resolve({ ...outputsOf(group), targetGroupArn, ruleArns });
    };

  it("is created after it, also if nothing of both exists yet", async () => {
    await stage().preview(program({}));
    const { steps } = await stage().up(program({}));
    assert.ok(steps.indexOf("create front-https") < steps.indexOf("create orders-rule-main"));
    assert.ok(
      steps.includes(`create orders-listener-certificate-${OTHER_CERTIFICATE.split("/")[1]}`),
    );
    await stage().preview(program({}), { expectNoChanges: true });
    await stage().refresh();
  });

  it("is checked in the update if the listener is new, before anything of the service exists", async () => {
    const plain = { certificateArn: undefined };
    const fresh = await stage().withStack("fresh");
    const names = (run: string[]) => run.filter((step) => step.includes("orders"));
    await assert.rejects(
      fresh.up(() => {
        const group = new LoadBalancedGroup("plain", { ...FRONT, ...plain });
        new LoadBalancedService("orders", {
          listenerArn: group.listenerArns.apply(({ http }) => http),
          rules: { main: { pathPatterns: ["/orders/*"], targetGroup: "default" } },
          certificateArns: { orders: OTHER_CERTIFICATE },
        });
        return Promise.resolve({});
      }),
      /certificateArns\.orders: a certificate needs an HTTPS listener, but the listener in listenerArn is one for HTTP/,
    );
    assert.deepEqual(names(stage().existing.filter((one) => one.includes("fresh"))), []);
    await fresh.destroy();
  });

  it("moves to the new load balancer with new target groups if that is replaced", async () => {
    const { steps, outputs } = await stage().up(program({ internal: true }));
    assert.ok(steps.indexOf("create-replacement orders-tg") !== -1, steps.join());
    assert.ok(
      steps.indexOf("create-replacement orders-rule-main") <
        steps.indexOf("delete-replaced front-alb"),
      steps.join(),
    );
    assert.deepEqual(stage().registered(String(outputs.targetGroupArn.value)), [`${FIRST}:80`]);
    await stage().preview(program({ internal: true }), { expectNoChanges: true });
    await stage().refresh();
  });

  it("goes with it", async () => {
    const { steps } = await stage().destroy();
    assert.ok(steps.indexOf("delete orders-rule-main") < steps.indexOf("delete front-https"));
    assert.deepEqual(stage().existing, []);
  });
});

describe("a service whose listener does not exist", function () {
  this.timeout(120_000);
  const stage = Stage.forSuite();

  it("is refused at preview", async () => {
    const listenerArn =
      "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/gone/0123456789abcdef/0123456789abcdef";
    const rules = { main: { pathPatterns: ["/orders/*"], targetGroup: "default" } };
    await assert.rejects(
      stage().preview(serviceOf("orders", { listenerArn, rules })),
      ({ message }: Error) => {
        assert.ok(message.includes("invalid arguments for LoadBalancedService 'orders':"), message);
        assert.ok(
          message.includes(`listenerArn: there is no ${listenerArn} in this account`),
          message,
        );
        return true;
      },
    );
  });
});
