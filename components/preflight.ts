import * as pulumi from "@pulumi/pulumi";
import { Preflight, TargetType, type LoadBalancedGroupArgs } from "./args";
import { ec2Questions } from "./ec2Questions";
import type { Network, Subnet } from "./network";
import { serverProblems, subnetProblems, type Servers } from "./placement";
import { refusal, type Problem } from "./rules";
import { pathIn, plannedGroups } from "./targetGroups";

/*
 * AWS registers a server that lies in no zone of its load balancer and silently never uses it, and a
 * server that does not exist or does not run costs ten minutes of retries. So both are asked before
 * anything is created.
 */

/** What lets through what has been checked. */
export interface Clearance {
  /** A value that waits for the network and for the servers whose ids are plain. */
  hold<T>(value: pulumi.Output<T>): pulumi.Output<T>;
  /** The id of a target of that type, which waits for the check of that target. */
  target(id: pulumi.Input<string>, path: string, type?: TargetType): pulumi.Output<string>;
}

/** Checks the subnets and the servers against AWS, as far as they are known at preview. */
export function preflight(
  name: string,
  args: LoadBalancedGroupArgs,
  network: Network,
  parent: pulumi.Resource,
): Clearance {
  const { preflight: mode = Preflight.Enforce } = args;
  if (mode === Preflight.Off) return { hold: (value) => value, target: (id) => pulumi.output(id) };

  const report = (problems: Problem[]) => {
    if (problems.length === 0) return;
    const error = refusal(name, problems);
    if (mode === Preflight.Enforce) throw error;
    void pulumi.log.warn(error.message, parent);
  };
  const questions = ec2Questions(parent);
  const place = pulumi
    .all([network.vpcId, network.subnets(questions.allowed)])
    .apply(([vpcId, subnets]) => ({ vpcId, subnets }));

  const cleared = place.apply(async ({ vpcId, subnets }) => {
    const misplaced = await serverProblems(plainServers(args), vpcId, subnets, questions);
    report([...subnetProblems(vpcId, subnets), ...misplaced]);
  });
  const gathered = gathering((servers: Servers, { vpcId, subnets }: Place) =>
    serverProblems(servers, vpcId, subnets, questions).then(report),
  );
  return {
    hold: (value) => after(cleared, value),
    target(id, path, type) {
      if (type === TargetType.Ip || typeof id === "string")
        return after(cleared, pulumi.output(id));
      const known = pulumi.output(id);
      return after(
        pulumi.all([known, place]).apply(([server, where]) => gathered(server, path, where)),
        known,
      );
    },
  };
}

interface Place {
  readonly vpcId: string;
  readonly subnets: Subnet[];
}

/**
 * A value that is passed on when the check is through. At preview nothing is created, so there the
 * value is not held back: one that is known stays known, whatever the check still waits for.
 */
function after<T>(check: pulumi.Output<unknown>, value: pulumi.Output<T>): pulumi.Output<T> {
  return pulumi.runtime.isDryRun() ? value : check.apply(() => value);
}

/** The servers whose ids are plain, and where their ids stand in the arguments. */
function plainServers(args: LoadBalancedGroupArgs): Servers {
  const servers = new Map<string, string>();
  for (const group of plannedGroups(args)) {
    if (group.settings.targetType === TargetType.Ip) continue;
    const { instanceIds = [], targets = {} } = group.servers;
    instanceIds.forEach((id, index) => servers.set(id, pathIn(group, `instanceIds[${index}]`)));
    for (const [key, { id }] of Object.entries(targets)) {
      if (typeof id === "string") servers.set(id, pathIn(group, `targets.${key}.id`));
    }
  }
  return servers;
}

const GATHERING_MILLISECONDS = 50;

/** Checks together the servers that become known one soon after the other, so that calls stay few. */
function gathering<Where>(check: (servers: Servers, where: Where) => Promise<void>) {
  let servers: Servers = new Map();
  let running: Promise<void> | undefined;
  return (id: string, path: string, where: Where): Promise<void> => {
    servers.set(id, path);
    running ??= new Promise((resolve) => setTimeout(resolve, GATHERING_MILLISECONDS)).then(() => {
      const known = servers;
      servers = new Map();
      running = undefined;
      return check(known, where);
    });
    return running;
  };
}
