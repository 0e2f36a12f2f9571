import * as lb from "@pulumi/aws/lb";
import type { LoadBalancedGroupArgs } from "../args";
import type { Logs } from "../logs/create";
import { balancerNaming, KEEPS_ITS_NAME } from "../plan/naming";
import type { Scope } from "../shared/scope";

/** The subnets and the security groups of the load balancer. */
export type Placement = Required<Pick<lb.LoadBalancerArgs, "subnets" | "securityGroups">>;

/** The load balancer. All attributes are sent, so one that is removed gets its default again. */
export function createLoadBalancer(
  { name, args, parent }: Scope,
  placement: Placement,
  logs: Logs,
): lb.LoadBalancer {
  const { internal, ipAddressType, adopt, tags } = args;
  return new lb.LoadBalancer(
    `${name}-alb`,
    {
      ...balancerNaming(`${name}-alb`),
      loadBalancerType: "application",
      internal,
      ...placement,
      ipAddressType,
      ...attributesOf(args),
      ...logs.settings,
      tags,
    },
    // AWS writes a test file when logs are turned on, so the bucket must be ready.
    { parent, dependsOn: logs.ready, ...KEEPS_ITS_NAME, import: adopt?.loadBalancerArn },
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
