import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../args";
import type { Logs } from "../logs/create";
import { balancerNaming, KEEPS_ITS_NAME } from "../plan/naming";
import { replacedWith } from "../shared/previewValues";
import type { Scope } from "../shared/scope";

/** The subnets, their VPC and the security groups of the load balancer. */
export type Placement = Required<Pick<lb.LoadBalancerArgs, "subnets" | "securityGroups">> & {
  readonly vpcId: pulumi.Output<string>;
};

/**
 * The load balancer, which waits for `ready`. All attributes are sent, so one that is removed gets its default
 * again.
 */
export function createLoadBalancer(
  { name, args, parent }: Scope,
  { vpcId, ...placement }: Placement,
  ready: pulumi.Input<pulumi.Resource>[],
  logs: Logs,
): lb.LoadBalancer {
  const { internal, ipAddressType, ipv4IpamPoolId, deletionProtection, adopt, tags } = args;
  return new lb.LoadBalancer(
    `${name}-alb`,
    {
      ...balancerNaming(`${name}-alb`),
      loadBalancerType: "application",
      internal,
      ...placement,
      ipAddressType,
      ipamPools: ipv4IpamPoolId === undefined ? undefined : { ipv4IpamPoolId },
      ...attributesOf(args),
      ...logs.settings,
      tags,
    },
    {
      parent,
      // AWS writes a test file when logs are turned on, so the bucket must be ready.
      dependsOn: [...ready, ...logs.ready],
      ...KEEPS_ITS_NAME,
      // A load balancer can't move to another VPC. AWS would only refuse its new subnets.
      replacementTrigger: replacedWith(vpcId),
      // AWS refuses to delete it last of all, when its listeners and targets are gone. Pulumi refuses at first.
      protect: deletionProtection === true ? true : undefined,
      import: adopt?.loadBalancerArn,
    },
  );
}

function attributesOf(args: LoadBalancedGroupArgs): lb.LoadBalancerArgs {
  const { minimumCapacityUnits: capacityUnits } = args;
  return {
    minimumLoadBalancerCapacity: capacityUnits === undefined ? undefined : { capacityUnits },
    enableDeletionProtection: args.deletionProtection,
    idleTimeout: args.idleTimeout,
    clientKeepAlive: args.clientKeepAlive,
    dropInvalidHeaderFields: args.dropInvalidHeaderFields,
    desyncMitigationMode: args.desyncMitigationMode,
    xffHeaderProcessingMode: args.xffHeaderProcessingMode,
    enableXffClientPort: args.xffClientPort,
    preserveHostHeader: args.preserveHostHeader,
    enableTlsVersionAndCipherSuiteHeaders: args.tlsVersionAndCipherSuiteHeaders,
    enableWafFailOpen: args.wafFailOpen,
    enableZonalShift: args.zonalShift,
    enableHttp2: args.http2,
  };
}
