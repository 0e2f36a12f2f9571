import type {
  Attributes,
  Instance,
  Listener,
  ListenerRule,
  LoadBalancer,
  SecurityGroupRule,
  TargetGroup,
  TargetHealth,
} from "../aws";
import type { Emulator } from "../emulator";

/** What a server that runs here does. */
export interface ServerState {
  readonly isRunning: boolean;
  readonly milliseconds: number;
  readonly status: number;
}

/** What is in the account at one moment, as far as the page is about it. */
export interface AccountState {
  readonly region: string;
  readonly accountId: string;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly listeners: readonly (Listener & {
    readonly url: string;
    readonly attributes: Attributes;
  })[];
  readonly rules: readonly ListenerRule[];
  readonly targetGroups: readonly (TargetGroup & { readonly targets: readonly TargetHealth[] })[];
  /** Those of the load balancers. */
  readonly securityGroups: readonly {
    readonly groupId: string;
    readonly groupName: string;
    readonly rules: readonly SecurityGroupRule[];
  }[];
  readonly servers: readonly (ServerState &
    Pick<Instance, "instanceId" | "availabilityZone" | "privateIpAddress">)[];
}

/** Reads it from an emulator. */
export function readAccount({ ec2, elb, servers }: Emulator): AccountState {
  const loadBalancers = elb.existingLoadBalancers();
  const groupIds = new Set(loadBalancers.flatMap(({ securityGroups }) => securityGroups));
  return {
    region: ec2.region,
    accountId: ec2.accountId,
    loadBalancers,
    listeners: elb.describeListeners().map((listener) => ({
      ...listener,
      url: elb.listenerUrl(listener.listenerArn),
      attributes: elb.describeListenerAttributes(listener.listenerArn),
    })),
    rules: elb.describeRules(),
    targetGroups: elb.describeTargetGroups().map((group) => ({
      ...group,
      targets: elb.describeTargetHealth(group.targetGroupArn),
    })),
    securityGroups: [...groupIds].map((groupId) => ec2.securityGroup(groupId)),
    servers: [...servers.values()].map(({ instance, isRunning, answers }) => {
      const { instanceId, availabilityZone, privateIpAddress } = instance;
      return { instanceId, availabilityZone, privateIpAddress, isRunning, ...answers };
    }),
  };
}
