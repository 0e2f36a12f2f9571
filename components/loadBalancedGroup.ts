import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "./monitoring/alarms";
import type { LoadBalancedGroupArgs } from "./args";
import { createDashboard } from "./monitoring/dashboard";
import { createAliases, defaultCertificate } from "./listeners/domain/create";
import { urlOf } from "./plan/https";
import { Gate } from "./gate/gate";
import { releaseAfter } from "./shared/previewValues";
import { createListeners, type Listeners } from "./listeners/create";
import { createLoadBalancer } from "./loadBalancer/create";
import { createLogs } from "./logs/create";
import { Lookups } from "./lookups/lookups";
import { findNetwork } from "./network/find";
import { preflight } from "./preflight";
import { SecretTexts } from "./gate/secrets";
import { createSecurityGroups } from "./securityGroups/create";
import { MAIN, type TargetGroups } from "./plan/targetGroups";
import { createTargetGroups } from "./targetGroups/create";
import { registerTargets } from "./targetGroups/targets/register";
import { checkArgs } from "./validation";
import { warnOfLikelyMistakes } from "./validation/warnings";
import { associateWebAcl } from "./loadBalancer/webAcl";

/**
 * An AWS application load balancer in front of a group of servers: the console's walk-through as one
 * resource. It is made of a target group with the servers registered, a load balancer that spans at
 * least two Availability Zones, its security group and its listeners.
 *
 * What can't work is refused before anything is created, all problems at once: by the rules of the
 * Elastic Load Balancing API, and by asking AWS at preview whether the servers lie in the zones.
 */
export class LoadBalancedGroup extends pulumi.ComponentResource {
  /** Where clients find the group, known when its listeners serve. */
  public readonly url: pulumi.Output<string>;
  /** The load balancer's DNS name. */
  public readonly dnsName: pulumi.Output<string>;
  /** The hosted zone of the DNS name, for an alias record in Route 53. */
  public readonly zoneId: pulumi.Output<string>;
  /** The load balancer's ARN. */
  public readonly loadBalancerArn: pulumi.Output<string>;
  /** The last part of the load balancer's ARN, by which CloudWatch metrics know it. */
  public readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /**
   * The main target group's ARN, known when its servers are registered and a listener forwards to it, so
   * that a service which registers itself finds it in use; an empty text where nothing forwards to it.
   */
  public readonly targetGroupArn: pulumi.Output<string>;
  /** The last part of the main target group's ARN, by which CloudWatch metrics know it. */
  public readonly targetGroupArnSuffix: pulumi.Output<string>;
  /** The target groups' ARNs by their keys, that of the main one under `default`, known as late. */
  public readonly targetGroupArns: pulumi.Output<{ [key: string]: string }>;
  /** The listeners' ARNs, under `http`, unless it is `httpsOnly`, and, with a certificate, `https`. */
  public readonly listenerArns: pulumi.Output<{ [key: string]: string }>;
  /** The load balancer's security group: the one made here, or the first that was given. */
  public readonly securityGroupId: pulumi.Output<string>;
  /** The VPC in which the load balancer stands. */
  public readonly vpcId: pulumi.Output<string>;
  /** The subnets in which the load balancer stands. */
  public readonly subnetIds: pulumi.Output<string[]>;

  /**
   * @param name names the group and, as their prefix, all that it is made of; of any length.
   * @param args what the group is made of.
   * @throws pulumi.InputPropertiesError with everything that is wrong with the arguments.
   */
  constructor(name: string, args: LoadBalancedGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const { args: checked, outputChecks } = checkArgs(name, args);
    const secrets = new SecretTexts(args);
    const gate = new Gate(name, outputChecks, secrets);
    const transformations = [...(opts?.transformations ?? []), gate.holdBack(TYPE)];
    super(TYPE, name, {}, { ...opts, transformations });
    void warnOfLikelyMistakes(checked, secrets, this);

    const lookups = new Lookups();
    const network = findNetwork(checked, lookups, gate, this);
    const { vpcId, subnetIds } = network;
    const securityGroups = createSecurityGroups(name, checked, network, lookups, gate, this);
    const tools = { gate, lookups, secrets };
    const checkServer = preflight(name, checked, network, securityGroups.ids, tools, this);

    const placement = { subnets: subnetIds, securityGroups: securityGroups.ids };
    const logs = createLogs(name, checked, lookups, gate, this);
    const loadBalancer = createLoadBalancer(name, checked, placement, logs, this);
    const targetGroups = createTargetGroups(name, checked, vpcId, loadBalancer, this);
    const registrations = registerTargets(
      name,
      checked,
      targetGroups,
      outputChecks,
      checkServer,
      this,
    );
    gate.close();
    const destinations = { targetGroups, registrations };
    const ready = [...securityGroups.rules, ...associateWebAcl(name, checked, loadBalancer, this)];
    const certificateArn = defaultCertificate(name, checked, this);
    const served = { ...checked, certificateArn };
    const serving = createListeners(name, served, loadBalancer, destinations, ready, this);
    const { listeners, rules } = serving;
    const aliases = createAliases(name, checked, loadBalancer, Object.values(listeners), this);
    createAlarms(name, checked, loadBalancer, targetGroups, this);
    createDashboard(name, checked, loadBalancer, targetGroups, this);
    RESOURCES.set(this, { loadBalancer, targetGroups, listeners, gate });

    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.loadBalancerArn = loadBalancer.arn;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    const { http, https } = listeners;
    const forwarding = pulumi.all([http, https, ...rules].map((one) => one?.arn));
    this.targetGroupArns = releaseAfter(forwarding, arnsOf(targetGroups));
    this.targetGroupArn = this.targetGroupArns.apply(({ [MAIN]: arn = "" }) => arn);
    this.targetGroupArnSuffix = pulumi.output(mainOf(targetGroups)?.arnSuffix ?? "");
    this.listenerArns = arnsOf({ ...listeners });
    this.url = pulumi
      .all([this.dnsName, this.listenerArns, aliases.map(({ fqdn }) => fqdn)])
      .apply(([dnsName]) => urlOf(dnsName, checked));
    this.securityGroupId = securityGroups.ids.apply(([first = ""]) => first);
    this.vpcId = vpcId;
    this.subnetIds = subnetIds;
    this.registerOutputs({
      url: this.url,
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      loadBalancerArn: this.loadBalancerArn,
      loadBalancerArnSuffix: this.loadBalancerArnSuffix,
      targetGroupArn: this.targetGroupArn,
      targetGroupArnSuffix: this.targetGroupArnSuffix,
      targetGroupArns: this.targetGroupArns,
      listenerArns: this.listenerArns,
      securityGroupId: this.securityGroupId,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
    });
  }

  /** The load balancer itself, for programs in this language. */
  get loadBalancer(): lb.LoadBalancer {
    return resourcesOf(this).loadBalancer;
  }

  /** The main target group itself, for programs in this language. */
  get targetGroup(): lb.TargetGroup {
    const main = mainOf(this.targetGroups);
    if (main === undefined) throw new Error("nothing forwards to the main target group");
    return main;
  }

  /** The target groups themselves by their keys, for programs in this language. */
  get targetGroups(): TargetGroups {
    return resourcesOf(this).targetGroups;
  }

  /** The listeners themselves, for programs in this language. */
  get listeners(): Listeners {
    return resourcesOf(this).listeners;
  }
}

const TYPE = "load-balanced-group:index:LoadBalancedGroup";

/**
 * Done when nothing is found to be wrong with a group, and all of it is about to be made.
 *
 * @throws pulumi.InputPropertiesError with everything that is wrong, which then is reported nowhere else.
 */
export function checksPassed(group: LoadBalancedGroup): Promise<void> {
  return resourcesOf(group).gate.passed();
}

interface Resources {
  readonly loadBalancer: lb.LoadBalancer;
  readonly targetGroups: TargetGroups;
  readonly listeners: Listeners;
  readonly gate: Gate;
}

/** Kept beside the class: each field of a component, a private one too, is an output in other languages. */
const RESOURCES = new WeakMap<LoadBalancedGroup, Resources>();

function resourcesOf(group: LoadBalancedGroup): Resources {
  const resources = RESOURCES.get(group);
  if (resources === undefined) throw new Error("this group was read, not made, by this program");
  return resources;
}

function mainOf(targetGroups: TargetGroups): lb.TargetGroup | undefined {
  return Object.hasOwn(targetGroups, MAIN) ? targetGroups[MAIN] : undefined;
}

function arnsOf(
  resources: Readonly<Partial<Record<string, { readonly arn: pulumi.Output<string> }>>>,
): pulumi.Output<{ [key: string]: string }> {
  const entries = Object.entries(resources).flatMap(([key, resource]) =>
    resource === undefined ? [] : [[key, resource.arn] as const],
  );
  return pulumi.output(Object.fromEntries(entries));
}
