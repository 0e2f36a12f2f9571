import assert from "node:assert/strict";
import { least, routingLeast } from "../elb/attributes";
import { ask } from "./support/httpClient";
import { HealthStage } from "./support/healthStage";

describe("a target group without cross-zone load balancing", () => {
  let stage: HealthStage;
  beforeEach(async () => {
    stage = await HealthStage.open();
  });
  afterEach(async () => {
    await stage.close();
  });

  /** Servers named by their zones, "a1" and "b1", behind a load balancer in the zones a and b. */
  const balanced = async (crossZone: string, ...servers: string[]) => {
    const group = stage.group({ "load_balancing.cross_zone.enabled": crossZone });
    const { listenerArn } = await stage.forward(group);
    for (const name of servers) {
      const { ports } = await stage.addServer(`i-${name}`, (_, response) => response.end(name));
      const availabilityZone = `eu-west-1${name[0]}`;
      stage.ec2.addInstance(`i-${name}`, [...ports], { availabilityZone });
      await stage.registerHealthy(group, `i-${name}`);
    }
    return { url: stage.elb.listenerUrl(listenerArn), group };
  };

  const answers = async (url: string, count: number) => {
    const all = [];
    for (let each = 0; each < count; each += 1) {
      const { status, body } = await ask(url);
      all.push(status === 200 ? body : status);
    }
    return all;
  };

  it("sends the requests of each zone to the targets of that zone", async () => {
    const { url } = await balanced("false", "a1", "a2", "b1");
    assert.deepEqual(await answers(url, 6), ["a1", "b1", "a2", "b1", "a1", "b1"]);
  });

  it("answers 503 in a zone that has no target", async () => {
    const { url } = await balanced("false", "a1");
    assert.deepEqual(await answers(url, 4), ["a1", 503, "a1", 503]);
  });

  it("counts healthy targets in each zone by itself", async () => {
    const { url, group } = await balanced("false", "a1", "b1");
    await stage.registerHealthyServer(group);
    stage.checked.status = 500;
    const unhealthy = stage.reaches("i-1", "unhealthy");
    await stage.nextCheck();
    await stage.nextCheck();
    await unhealthy;
    assert.deepEqual(await answers(url, 4), ["a1", "b1", "a1", "b1"]);
    stage.elb.modifyTargetGroupAttributes(group, {
      [least("dns_failover", "percentage")]: "60",
      [routingLeast("percentage")]: "60",
    });
    // Two of three are healthy, but only one of two in this zone.
    assert.deepEqual(await answers(url, 4), ["a1", "b1", 500, "b1"]);
  });

  it("spreads over all zones where it is on", async () => {
    const { url } = await balanced("use_load_balancer_configuration", "a1", "b1");
    assert.deepEqual((await answers(url, 4)).sort(), ["a1", "a1", "b1", "b1"]);
  });
});
