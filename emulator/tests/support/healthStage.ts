import { once } from "node:events";
import * as http from "node:http";
import { mock } from "node:test";
import type { TargetHealth } from "../../aws";
import { ElbStage } from "./elbStage";

/** The interval of the stage's health checks in milliseconds. */
export const INTERVAL = 5000;

/** A server whose health checks are answered one by one, as the test says. */
class CheckedServer {
  readonly checks: http.IncomingMessage[] = [];
  status = 200;
  private arrived: () => void = () => undefined;

  readonly server = http.createServer((request, response) => {
    this.checks.push(request);
    if (this.status > 0) {
      response.writeHead(this.status).end();
    }
    this.arrived();
  });

  /** Resolves when the next check has come in. */
  check(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = resolve;
    });
  }
}

/** A stage on which no time passes unless the test says so, with a server "i-1" to be examined. */
export class HealthStage extends ElbStage {
  readonly checked = new CheckedServer();

  static async open(): Promise<HealthStage> {
    mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"] });
    const stage = new HealthStage();
    stage.ec2.addInstance("i-1", [[80, await stage.listen(stage.checked.server)]]);
    return stage;
  }

  override async close(): Promise<void> {
    await super.close();
    mock.timers.reset();
  }

  /** What DescribeTargetHealth says of the first target. */
  health(group: string): TargetHealth | undefined {
    return this.elb.describeTargetHealth(group)[0];
  }

  registerServer(group: string): void {
    this.elb.registerTarget(group, { id: "i-1", port: 80 });
  }

  async registerHealthyServer(group: string): Promise<void> {
    const healthy = this.reaches("i-1", "healthy");
    this.registerServer(group);
    await healthy;
  }

  /** Lets an interval pass and waits until the judgement of its check has been counted. */
  async nextCheck(): Promise<void> {
    const checked = this.checked.check();
    mock.timers.tick(INTERVAL);
    await checked;
    const socket = this.checked.checks.at(-1)?.socket;
    if (socket?.destroyed === false) {
      await once(socket, "close");
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
