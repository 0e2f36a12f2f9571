import { Emulator } from "../../emulator";
import { type Account, sampleAccount } from "../../sampleAccount";
import { type Bag, ProviderClient } from "./providerClient";

export const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
export const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
export const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
export const LISTENER = "aws:lb/listener:Listener";
export const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";
export const LISTENER_CERTIFICATE = "aws:lb/listenerCertificate:ListenerCertificate";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const account = sampleAccount();
export const [{ vpcId }] = account.vpcs;
export const subnets = account.subnets.map(({ subnetId }) => subnetId);
export const [first, second] = account.instances.map(({ instanceId }) => instanceId);
export const [certificateArn, otherCertificateArn] = account.certificates.map(
  (certificate) => certificate.certificateArn,
);
export const WEB = "sg-00000000000000eb1";
export const GROUP = { port: 80, protocol: "HTTP", vpcId };
export const BALANCER = { subnets: subnets.slice(0, 2), securityGroups: [WEB] };

/** The least inputs of each type that a test may make one of. */
export const INPUTS: Record<string, Bag> = {
  [TARGET_GROUP]: GROUP,
  [LOAD_BALANCER]: BALANCER,
  [SECURITY_GROUP]: { description: "web" },
  [INGRESS_RULE]: {
    securityGroupId: WEB,
    ipProtocol: "tcp",
    fromPort: 90,
    toPort: 90,
    cidrIpv4: "10.0.0.0/8",
  },
};

type Made = Awaited<ReturnType<ProviderClient["make"]>>;

/** An emulator and a client of its provider, fresh for each test of the suite that asks for it. */
export class EmulatorFixture {
  private running?: { emulator: Emulator; account: Account; provider: ProviderClient };

  static inEachTest(): EmulatorFixture {
    const fixture = new EmulatorFixture();
    beforeEach(async () => {
      const account = sampleAccount();
      const emulator = await Emulator.start({ account });
      fixture.running = { emulator, account, provider: new ProviderClient(emulator.environment) };
    });
    afterEach(async () => {
      fixture.provider.close();
      await fixture.emulator.close();
    });
    return fixture;
  }

  get emulator(): Emulator {
    return this.started().emulator;
  }

  get account(): Account {
    return this.started().account;
  }

  get provider(): ProviderClient {
    return this.started().provider;
  }

  callsSince(start: number): string[] {
    return this.emulator.calls.slice(start).map(({ call }) => call);
  }

  async makeListener(): Promise<Record<"group" | "balancer" | "listener", Made>> {
    const group = await this.provider.make(TARGET_GROUP, GROUP);
    const balancer = await this.provider.make(LOAD_BALANCER, BALANCER);
    const listener = await this.provider.make(LISTENER, {
      loadBalancerArn: balancer.id,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: group.id }],
    });
    return { group, balancer, listener };
  }

  private started() {
    if (this.running === undefined) {
      throw new Error("the emulator runs in tests only");
    }
    return this.running;
  }
}
