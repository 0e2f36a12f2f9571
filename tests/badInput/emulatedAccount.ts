import type * as pulumi from "@pulumi/pulumi";
import { EmulatedAcm } from "../../emulator/acm";
import { EmulatedAutoScaling } from "../../emulator/autoScaling/autoScaling";
import { EmulatedCloudWatch } from "../../emulator/cloudWatch";
import { EmulatedEc2 } from "../../emulator/ec2/ec2";
import { Faults } from "../../emulator/faults";
import { EmulatedLambda } from "../../emulator/lambda";
import { ObservedLoadBalancing } from "../../emulator/observedLoadBalancing";
import { type AwsCall, AwsCalls } from "../../emulator/provider/awsCalls";
import { providerFunction } from "../../emulator/provider/functions";
import { ResourceProvider } from "../../emulator/provider/resourceProvider";
import { given, textOf } from "../../emulator/provider/properties";
import type { Aws } from "../../emulator/provider/resourceType";
import { TagStore } from "../../emulator/provider/tags";
import type { Properties } from "../../emulator/provider/values";
import { EmulatedRoute53, type HostedZone } from "../../emulator/route53";
import { accountForChanges } from "../changes/account";
import { withoutSecretMarks } from "../support/observedMonitor";

/** The emulator's AWS and its provider in this process, without an engine, for one deployment. */
export class EmulatedAccount {
  readonly calls: AwsCall[] = [];
  private readonly hostedZones: readonly HostedZone[];
  private readonly aws: Aws;
  private readonly elb: ObservedLoadBalancing;
  private readonly provider: ResourceProvider;

  constructor() {
    const account = accountForChanges();
    const ec2: EmulatedEc2 = new EmulatedEc2(
      account,
      (groupId) => elb.usesSecurityGroup(groupId),
      () => elb.existingLoadBalancers(),
    );
    const elb = new ObservedLoadBalancing(ec2);
    this.hostedZones = account.hostedZones;
    const route53 = new EmulatedRoute53(account.hostedZones);
    const noServers = { start: () => Promise.resolve(), stop: () => Promise.resolve() };
    this.elb = elb;
    this.aws = {
      acm: new EmulatedAcm(account, route53, (arn) => elb.usesCertificate(arn)),
      ec2,
      elb,
      autoScaling: new EmulatedAutoScaling(account, ec2, elb, noServers),
      cloudWatch: new EmulatedCloudWatch(account),
      lambda: new EmulatedLambda(account),
      route53,
      tags: new TagStore(),
      calls: new AwsCalls(this.calls, new Faults(), () => {
        throw new Error("no call ends the provider");
      }),
    };
    this.provider = new ResourceProvider(this.aws);
  }

  /** The calls that changed something. */
  get changes(): string[] {
    return this.calls
      .map(({ call }) => call)
      .filter((call) => !/^(Describe|Get|Head|List)/.test(call));
  }

  /** Creates a resource as the provider does after its checks. */
  async create({ type, name, inputs }: pulumi.runtime.MockResourceArgs) {
    const news = withoutSecretMarks(inputs) as Properties;
    if (!type.startsWith("aws:")) return { id: name, state: news };
    const request = { name, olds: {}, news, seed: Buffer.from(name) };
    const checked = this.provider.check(type, request);
    if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
    if (type.startsWith("aws:acm/certificateValidation:")) {
      this.validateElsewhere(given(textOf(checked.inputs, "certificateArn"), "certificateArn"));
    }
    const { id, state, failure } = await this.provider.create(type, checked.inputs);
    if (failure !== undefined) throw new Error(failure);
    return { id, state };
  }

  /** Creates the records of names without a hosted zone, as users do in their own DNS. */
  private validateElsewhere(certificateArn: string): void {
    const { acm, route53 } = this.aws;
    const [{ zoneId }] = this.hostedZones;
    for (const one of acm.validations(acm.describe(certificateArn))) {
      if (route53.answer(one.recordName, one.recordType) !== undefined) continue;
      const { recordName: name, recordType: type, recordValue } = one;
      route53.change("CREATE", zoneId, { name, type, ttl: 60, values: [recordValue] });
    }
  }

  /** What a function of the provider answers. The SDK reads the text of an error where gRPC has it. */
  async answer(token: string, inputs: object): Promise<object> {
    try {
      return await providerFunction(token).invoke(inputs as Properties, this.aws);
    } catch (error) {
      if (error instanceof Error) Object.assign(error, { details: error.message });
      throw error;
    }
  }

  close(): Promise<void> {
    return this.elb.close();
  }
}
