import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { CommandLine } from "./commandLine";

const PROVIDER = path.join(__dirname, "awsxProvider.ts");

describe("a dedicated network, by the command line", function () {
  this.timeout(120_000);
  const line = CommandLine.forSuite("dev");
  let awsx: ChildProcess | undefined;

  before(async () => {
    const args = ["-r", "ts-node/register/transpile-only", PROVIDER];
    awsx = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    assert.ok(awsx.stdout);
    const [port] = (await once(awsx.stdout, "data")) as [Buffer];
    line().attach("awsx", Number(port.toString()));
    await line().pulumi("config", "set", "network", "dedicated", "-s", "dev");
  });

  after(() => {
    awsx?.kill();
  });

  it("is created by awsx, and the group is in it", async () => {
    const preview = await line().pulumi("preview", "-s", "dev");
    assert.equal(preview.code, 0, preview.output);
    assert.match(preview.output, /awsx:ec2:Vpc +web-network +create/);
    const up = await line().pulumi("up", "--yes", "-s", "dev");
    assert.equal(up.code, 0, up.output);
    const { output } = await line().pulumi("stack", "output", "subnetIds", "-s", "dev", "--json");
    const [balancer] = line().emulator.elb.existingLoadBalancers();
    assert.deepEqual(
      JSON.parse(output),
      balancer.subnets.map(({ subnetId }) => subnetId),
    );
    const destroy = await line().pulumi("destroy", "--yes", "-s", "dev");
    assert.equal(destroy.code, 0, destroy.output);
  });
});
