import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import type {
  Attributes,
  HealthCheck,
  Instance,
  Listener,
  LoadBalancer,
  TargetGroup,
  TargetState,
  TargetTransition,
} from "../../aws";
import { EmulatedElasticLoadBalancing } from "../../elb/elasticLoadBalancing";
import { TestAccount } from "./testEc2";

export const HEALTH_CHECK: HealthCheck = {
  protocol: "HTTP",
  port: "traffic-port",
  path: "/health",
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThresholdCount: 2,
  unhealthyThresholdCount: 2,
  matcher: "200",
};

export type GroupInput = Omit<TargetGroup, "targetGroupArn">;

export const groupInput = (change: Partial<GroupInput> = {}): GroupInput => ({
  targetGroupName: "web",
  protocol: "HTTP",
  protocolVersion: "HTTP1",
  port: 80,
  vpcId: "vpc-1",
  targetType: "instance",
  healthCheck: HEALTH_CHECK,
  attributes: {},
  ...change,
});

/** Load balancing on one machine together with servers, and everything that has to be closed. */
export class ElbStage {
  readonly ec2 = new TestAccount();
  readonly elb = new EmulatedElasticLoadBalancing(this.ec2);
  readonly transitions: TargetTransition[] = [];
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly waiting = new Set<(transition: TargetTransition) => void>();
  private named = 0;

  constructor() {
    this.elb.onTargetTransition((transition) => {
      this.transitions.push(transition);
      for (const hear of this.waiting) {
        hear(transition);
      }
    });
  }

  /** Listens on a free port and closes with the stage. */
  async listen(server: Server): Promise<number> {
    this.servers.push(server);
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  /** A running server that passes its health checks and answers the rest with the handler. */
  async addServer(id: string, handler?: http.RequestListener): Promise<Instance> {
    const server = http.createServer((request, response) => {
      if (request.url === "/health" || handler === undefined) {
        response.end(id);
      } else {
        handler(request, response);
      }
    });
    return this.ec2.addInstance(id, [[80, await this.listen(server)]]);
  }

  group(attributes: Attributes = {}, change: Partial<GroupInput> = {}): string {
    this.named += 1;
    const targetGroupName = `group-${this.named}`;
    return this.elb.createTargetGroup(groupInput({ targetGroupName, attributes, ...change }))
      .targetGroupArn;
  }

  loadBalancer(
    attributes: Attributes = {},
    change: Partial<Pick<LoadBalancer, "ipAddressType">> & { subnetIds?: string[] } = {},
  ): LoadBalancer {
    this.named += 1;
    return this.elb.createLoadBalancer({
      name: `balancer-${this.named}`,
      scheme: "internet-facing",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroups: ["sg-1"],
      attributes,
      ...change,
    });
  }

  /** A load balancer that has IPv6 addresses too. */
  dualstack(): LoadBalancer {
    const subnetIds = ["subnet-6a", "subnet-6b"];
    return this.loadBalancer({}, { ipAddressType: "dualstack", subnetIds });
  }

  forward(
    targetGroupArn: string,
    attributes: Attributes = {},
    change: Partial<Listener> = {},
  ): Promise<Listener> {
    const { loadBalancerArn } = this.loadBalancer(attributes);
    return this.elb.createListener({
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: { type: "forward", targetGroupArn },
      ...change,
    });
  }

  /** Resolves when a target enters a state. */
  reaches(id: string, state: TargetState): Promise<TargetTransition> {
    return new Promise((resolve) => {
      const hear = (transition: TargetTransition) => {
        if (transition.target.id === id && transition.state === state) {
          this.waiting.delete(hear);
          resolve(transition);
        }
      };
      this.waiting.add(hear);
    });
  }

  async registerHealthy(targetGroupArn: string, ...ids: string[]): Promise<void> {
    const healthy = ids.map((id) => this.reaches(id, "healthy"));
    for (const id of ids) {
      this.elb.registerTarget(targetGroupArn, { id, port: 80 });
    }
    await Promise.all(healthy);
  }

  /** A load balancer in front of healthy servers, one per handler: "i-1", "i-2" and so on. */
  async balanced(
    handlers: (http.RequestListener | undefined)[],
    groupAttributes: Attributes = {},
    loadBalancerAttributes: Attributes = {},
  ): Promise<{ url: string; group: string; listener: Listener }> {
    const group = this.group(groupAttributes);
    const listener = await this.forward(group, loadBalancerAttributes);
    for (const [at, handler] of handlers.entries()) {
      await this.addServer(`i-${at + 1}`, handler);
      await this.registerHealthy(group, `i-${at + 1}`);
    }
    return { url: this.elb.listenerUrl(listener.listenerArn), group, listener };
  }

  async close(): Promise<void> {
    await this.elb.close();
    for (const server of this.servers) {
      server.close();
    }
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }
}
