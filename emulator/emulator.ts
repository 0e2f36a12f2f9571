import { EmulatedAcm } from "./acm";
import { EmulatedAutoScaling } from "./autoScaling/autoScaling";
import { EmulatedCloudWatch } from "./cloudWatch";
import { EmulatedEc2 } from "./ec2/ec2";
import { Faults } from "./faults";
import { EmulatedLambda } from "./lambda";
import { ObservedLoadBalancing } from "./observedLoadBalancing";
import { type AwsCall, AwsCalls, type NewCaller } from "./provider/awsCalls";
import { Operations } from "./provider/operations";
import { ProviderServer } from "./provider/server";
import { TagStore } from "./provider/tags";
import { EmulatedRoute53 } from "./route53";
import { QueryApiServer } from "./queryApi/server";
import { type Account, sampleAccount } from "./sampleAccount";
import { SampleServer } from "./sampleServer";

export interface EmulatorOptions {
  /** What is in the account at first; the sample account by default. */
  readonly account?: Account;
  /** The instance ports on which each server listens; port 80 by default. */
  readonly ports?: readonly number[];
}

/** AWS on one machine: an account, its running servers, and the `aws` provider that the engine asks. */
export class Emulator {
  private constructor(
    readonly ec2: EmulatedEc2,
    readonly elb: ObservedLoadBalancing,
    readonly autoScaling: EmulatedAutoScaling,
    readonly cloudWatch: EmulatedCloudWatch,
    readonly route53: EmulatedRoute53,
    /** Of everything that was made, by ARN or id. */
    readonly tags: TagStore,
    /** One for each instance of the account that runs, by instance id. */
    readonly servers: ReadonlyMap<string, SampleServer>,
    /** Every AWS call, in the order in which they began. */
    readonly calls: readonly AwsCall[],
    /** The faults that calls are to meet. */
    readonly faults: Faults,
    /** What the engine changes. */
    readonly operations: Operations,
    private readonly provider: ProviderServer,
    private readonly queryApi: QueryApiServer,
  ) {}

  static async start({
    account = sampleAccount(),
    ports,
  }: EmulatorOptions = {}): Promise<Emulator> {
    const ec2: EmulatedEc2 = new EmulatedEc2(
      account,
      (groupId) => elb.usesSecurityGroup(groupId),
      () => elb.existingLoadBalancers(),
    );
    const elb = new ObservedLoadBalancing(ec2);
    const cloudWatch = new EmulatedCloudWatch(account);
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
    const autoScaling = new EmulatedAutoScaling(account, ec2, elb, {
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
    const lambda = new EmulatedLambda(account);
    const route53 = new EmulatedRoute53(account.hostedZones);
    const acm = new EmulatedAcm(account, route53, (arn) => elb.usesCertificate(arn));
    const aws = { acm, ec2, elb, autoScaling, cloudWatch, lambda, route53, tags };
    const operations = new Operations();
    const provider = await ProviderServer.start(aws, newCaller, operations);
    const queryApi = await QueryApiServer.start(elb, newCaller);
    return new Emulator(
      ec2,
      elb,
      autoScaling,
      cloudWatch,
      route53,
      tags,
      servers,
      calls,
      faults,
      operations,
      provider,
      queryApi,
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
      AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: this.queryApi.url,
      // Nobody looks at them, but AWS's SDK sends nothing unsigned.
      AWS_ACCESS_KEY_ID: "AKIAEMULATOR00000000",
      AWS_SECRET_ACCESS_KEY: "only-for-the-emulator",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
  }

  /** Frees every port. */
  async close(): Promise<void> {
    this.provider.close();
    await this.queryApi.close();
    await this.elb.close();
    await Promise.all([...this.servers.values()].map((server) => server.stop()));
  }
}
