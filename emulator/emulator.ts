import { LocalAcm } from "./acm";
import { LocalAutoScaling } from "./autoScaling/autoScaling";
import { LocalCloudWatch } from "./cloudWatch";
import { LocalEc2 } from "./ec2/ec2";
import { Faults } from "./faults";
import { LocalLambda } from "./lambda";
import { ObservedLoadBalancing } from "./observedLoadBalancing";
import { type AwsCall, AwsCalls, type NewCaller } from "./provider/awsCalls";
import { ProviderServer } from "./provider/server";
import { TagStore } from "./provider/tags";
import { LocalRoute53 } from "./route53";
import { WireServer } from "./queryApi/server";
import { Account, seed } from "./sampleAccount";
import { SampleServer } from "./sampleServer";

export interface CloudOptions {
  /** What is in the account at first; the sample account by default. */
  readonly account?: Account;
  /** The instance ports on which each server listens; port 80 by default. */
  readonly ports?: readonly number[];
}

/** AWS on one machine: an account, its running servers, and the `aws` provider that the engine asks. */
export class Cloud {
  private constructor(
    readonly ec2: LocalEc2,
    readonly elb: ObservedLoadBalancing,
    readonly autoScaling: LocalAutoScaling,
    readonly cloudWatch: LocalCloudWatch,
    readonly route53: LocalRoute53,
    /** One for each instance of the account that runs, by instance id. */
    readonly servers: ReadonlyMap<string, SampleServer>,
    /** Every AWS call, in the order in which they began. */
    readonly calls: readonly AwsCall[],
    /** What goes wrong with calls, when it is asked for. */
    readonly faults: Faults,
    private readonly provider: ProviderServer,
    private readonly wire: WireServer,
  ) {}

  static async start({ account = seed(), ports }: CloudOptions = {}): Promise<Cloud> {
    const ec2: LocalEc2 = new LocalEc2(
      account,
      (groupId) => elb.usesSecurityGroup(groupId),
      () => elb.existingLoadBalancers(),
    );
    const elb = new ObservedLoadBalancing(ec2);
    const cloudWatch = new LocalCloudWatch(account);
    const calls: AwsCall[] = [];
    const faults = new Faults();
    const newCaller: NewCaller = (die) => new AwsCalls(calls, faults, die);
    const tags = new TagStore();
    const servers = new Map(
      account.instances
        .filter(({ state }) => state === "running")
        .map((instance) => [instance.instanceId, new SampleServer(instance, ports)]),
    );
    await Promise.all([...servers.values()].map((server) => server.start()));
    const autoScaling = new LocalAutoScaling(account, ec2, elb, {
      async start(instance) {
        const server = new SampleServer(instance, ports);
        servers.set(instance.instanceId, server);
        await server.start();
      },
      async stop({ instanceId }) {
        await servers.get(instanceId)?.stop();
        servers.delete(instanceId);
      },
    });
    const lambda = new LocalLambda(account);
    const route53 = new LocalRoute53(account.hostedZones);
    const acm = new LocalAcm(account, route53, (arn) => elb.usesCertificate(arn));
    const aws = { acm, ec2, elb, autoScaling, cloudWatch, lambda, route53, tags };
    const provider = await ProviderServer.start(aws, newCaller);
    const wire = await WireServer.start(elb, newCaller);
    return new Cloud(
      ec2,
      elb,
      autoScaling,
      cloudWatch,
      route53,
      servers,
      calls,
      faults,
      provider,
      wire,
    );
  }

  /** The port of this machine on which the `aws` provider serves. */
  get port(): number {
    return this.provider.port;
  }

  /** What a process that runs the engine or reads targets' health needs in its environment. */
  get environment(): Record<string, string> {
    return {
      PULUMI_DEBUG_PROVIDERS: `aws:${this.port}`,
      AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: this.wire.url,
      // Nobody looks at them, but AWS's SDK sends nothing unsigned.
      AWS_ACCESS_KEY_ID: "AKIAREHEARSAL0000000",
      AWS_SECRET_ACCESS_KEY: "only-for-the-rehearsal",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
  }

  /** Frees every port. */
  async close(): Promise<void> {
    this.provider.close();
    await this.wire.close();
    await this.elb.close();
    await Promise.all([...this.servers.values()].map((server) => server.stop()));
  }
}
