import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "./monitoring/alarms";
import type { DomainRecord, LoadBalancedGroupArgs } from "./args";
import { createDashboard } from "./monitoring/dashboard";
import { certificatesOf, createAliases } from "./listeners/domain/create";
import { aliasesElsewhere, warnOfAliasesElsewhere } from "./listeners/domain/recordsElsewhere";
import { urlOf } from "./plan/https";
import { Gate } from "./gate/gate";
import { someAreToCome } from "./shared/dependencies";
import { subjectOf } from "./checks";
import { arnsOf, valuesOf } from "./shared/arns";
import { releaseAfter, valueIfKnown } from "./shared/previewValues";
import { createListeners, type Listeners } from "./listeners/create";
import { checkNewTargetGroups } from "./listeners/newTargetGroups";
import { createLoadBalancer } from "./loadBalancer/create";
import { createLogs } from "./logs/create";
import { Lookups } from "./lookups/lookups";
import { findNetwork } from "./network/find";
import { preflight } from "./preflight";
import { groupChecks } from "./preflight/groupChecks";
import { SecretTexts } from "./gate/secretTexts";
import { createSecurityGroups } from "./securityGroups/create";
import { plannedListeners } from "./plan/listeners";
import { MAIN, type TargetGroups } from "./plan/targetGroups";
import { createTargetGroups } from "./targetGroups/create";
import { registerTargets } from "./targetGroups/targets/register";
import { checkArgs, checkOfGroup } from "./validation";
import { warnOfLikelyMistakes } from "./validation/warnings";
import { associateWebAcl } from "./loadBalancer/webAcl";

/**
 * An AWS Application Load Balancer in front of a group of servers, as one Pulumi resource.
 *
 * It creates a target group, registers the targets, and creates a load balancer in at least two
 * Availability Zones, with its security group and listeners.
 *
 * Mistakes are found before anything is created, and reported all at once. The component checks the
 * arguments against the limits of the Elastic Load Balancing API, and looks up in AWS whether the
 * servers are in the right zones.
 */
export class LoadBalancedGroup extends pulumi.ComponentResource {
  /**
   * The URL of the group. It is known when its listeners are ready.
   *
   * With `domain` it is HTTPS with the domain's name. Otherwise it is HTTP with the load balancer's DNS
   * name, which no certificate covers. It is an empty string with `httpsOnly` and without `domain`.
   */
  public readonly url: pulumi.Output<string>;
  /** The DNS name of the load balancer. */
  public readonly dnsName: pulumi.Output<string>;
  /** The hosted zone ID of the load balancer's DNS name, for an alias record in Route 53. */
  public readonly zoneId: pulumi.Output<string>;
  /** The ARN of the load balancer. */
  public readonly loadBalancerArn: pulumi.Output<string>;
  /** The last part of the load balancer's ARN, for the dimensions of CloudWatch metrics. */
  public readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /**
   * The ARN of the main target group. It is known only when the targets in the arguments are
   * registered and a listener forwards to it.
   *
   * So an Amazon ECS service, for example, that gets this ARN is created only after that, as AWS
   * demands. It registers its own tasks later. The ARN is an empty string if nothing forwards to the
   * main target group.
   */
  public readonly targetGroupArn: pulumi.Output<string>;
  /** The last part of the main target group's ARN, for the dimensions of CloudWatch metrics. */
  public readonly targetGroupArnSuffix: pulumi.Output<string>;
  /**
   * The ARNs of all target groups, by their keys. The main target group has the key `default`.
   *
   * They are known when the targets are registered and listeners forward to the target groups.
   */
  public readonly targetGroupArns: pulumi.Output<{ [key: string]: string }>;
  /**
   * The last parts of the ARNs of all target groups, by their keys, for the dimensions of CloudWatch
   * metrics.
   */
  public readonly targetGroupArnSuffixes: pulumi.Output<{ [key: string]: string }>;
  /**
   * The names of all target groups, by their keys, for tools that ask for names, such as AWS CodeDeploy.
   *
   * They are known when the targets are registered and listeners forward to the target groups.
   */
  public readonly targetGroupNames: pulumi.Output<{ [key: string]: string }>;
  /**
   * The ARNs of the listener rules, by their keys. Those of a further listener have its key before
   * theirs, such as `test.api`.
   *
   * Amazon ECS asks for the ARN of a rule to deploy with blue/green. The rule that AWS makes for a
   * listener's default action is not here, because the AWS provider can't find it.
   */
  public readonly ruleArns: pulumi.Output<{ [key: string]: string }>;
  /**
   * The ARNs of the listeners: `http`, unless `httpsOnly` is set, and `https`, if there is a
   * certificate. Those of `listeners` have their keys there.
   */
  public readonly listenerArns: pulumi.Output<{ [key: string]: string }>;
  /**
   * The DNS records for you to create: those for names of `domain` without a hosted zone.
   *
   * The records that validate a new certificate are known before the HTTPS listener, which waits for
   * them. So a program in Node.js can create them in the same update, for example with a provider of
   * another account. Programs in other languages get outputs only when the listeners are ready. There,
   * create the validation records while the update waits, by hand or with another program, from the
   * list that the update prints. A record that leads clients to the load balancer has its DNS name as
   * the value. For the name of a zone itself, which can't have a
   * CNAME record, create an alias record to `dnsName` and `zoneId`.
   */
  public readonly domainRecords: pulumi.Output<DomainRecord[]>;
  /**
   * The ID of the load balancer's security group: the one that this component creates, or the first
   * of `securityGroupIds`.
   */
  public readonly securityGroupId: pulumi.Output<string>;
  /** The ID of the load balancer's VPC. */
  public readonly vpcId: pulumi.Output<string>;
  /** The IDs of the load balancer's subnets. */
  public readonly subnetIds: pulumi.Output<string[]>;

  /**
   * @param name the name of the group, and the prefix of its resources' names; of any length.
   * @param args the arguments of the group.
   * @throws pulumi.InputPropertiesError with everything that is wrong with the arguments.
   */
  constructor(name: string, args: LoadBalancedGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const subject = subjectOf("LoadBalancedGroup", name);
    const { args: checked, outputChecks } = checkArgs(subject, checkOfGroup(args), args);
    const secrets = new SecretTexts(args);
    const gate = new Gate(subject, outputChecks, secrets, someAreToCome(opts?.dependsOn));
    const transformations = [...(opts?.transformations ?? []), gate.holdBack(TYPE)];
    super(TYPE, name, {}, { ...opts, transformations });
    void warnOfLikelyMistakes(checked, secrets, this);

    const scope = { name, args: checked, parent: this };
    const lookups = new Lookups({ parent: this }, valueIfKnown(this.urn));
    const network = findNetwork(checked, lookups, gate);
    const { vpcId, subnetIds } = network;
    const securityGroups = createSecurityGroups(scope, network, lookups, gate);
    const tools = { gate, lookups, secrets };
    const awsChecks = groupChecks(scope, network, securityGroups.ids);
    const checkServer = preflight(scope, subject, network, awsChecks, tools);

    const placement = { vpcId, subnets: subnetIds, securityGroups: securityGroups.ids };
    const logs = createLogs(scope, lookups, gate);
    const loadBalancer = createLoadBalancer(scope, placement, securityGroups.rules, logs);
    const targetGroups = createTargetGroups(scope, vpcId, loadBalancer);
    const registrations = registerTargets(scope, targetGroups, outputChecks, checkServer);
    gate.openAfterChecks(this);
    const destinations = { targetGroups, registrations };
    const ready = associateWebAcl(scope, loadBalancer);
    const certificates = certificatesOf(scope);
    const { defaultArn: certificateArn, byAlgorithm } = certificates;
    const { listeners, rules } = createListeners(
      { ...scope, args: { ...checked, certificateArn } },
      loadBalancer,
      destinations,
      byAlgorithm,
      ready,
    );
    const allListeners = Object.values(listeners).flatMap((listener) => listener ?? []);
    const aliases = createAliases(scope, loadBalancer, allListeners);
    createAlarms(scope, loadBalancer, targetGroups);
    createDashboard(scope, loadBalancer, targetGroups);
    RESOURCES.set(this, { loadBalancer, targetGroups, listeners });

    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.loadBalancerArn = loadBalancer.arn;
    this.loadBalancerArnSuffix = loadBalancer.arnSuffix;
    const noneIsRefused = checkNewTargetGroups(
      { subject, secrets, parent: this, vpcId },
      plannedListeners(checked),
      { listeners, rules },
      destinations,
    );
    this.ruleArns = pulumi.all([arnsOf(rules), noneIsRefused]).apply(([arns]) => arns);
    this.listenerArns = arnsOf(listeners);
    const forwarding = pulumi.all([this.listenerArns, this.ruleArns]);
    this.targetGroupArns = releaseAfter(forwarding, arnsOf(targetGroups));
    this.targetGroupArn = this.targetGroupArns.apply(({ [MAIN]: arn = "" }) => arn);
    this.targetGroupArnSuffix = pulumi.output(mainOf(targetGroups)?.arnSuffix ?? "");
    this.targetGroupArnSuffixes = valuesOf(targetGroups, ({ arnSuffix }) => arnSuffix);
    const names = valuesOf(targetGroups, ({ name: groupName }) => groupName);
    this.targetGroupNames = releaseAfter(forwarding, names);
    this.url = pulumi
      .all([this.dnsName, this.listenerArns, aliases.map(({ fqdn }) => fqdn)])
      .apply(([dnsName]) => urlOf(dnsName, checked));
    const aliasRecords = aliasesElsewhere(checked.domain, loadBalancer);
    void warnOfAliasesElsewhere(aliasRecords, this);
    this.domainRecords = pulumi.all([...certificates.records, ...aliasRecords]);
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
      targetGroupArnSuffixes: this.targetGroupArnSuffixes,
      targetGroupNames: this.targetGroupNames,
      ruleArns: this.ruleArns,
      listenerArns: this.listenerArns,
      domainRecords: this.domainRecords,
      securityGroupId: this.securityGroupId,
      vpcId: this.vpcId,
      subnetIds: this.subnetIds,
    });
  }

  /** The load balancer resource, for programs in Node.js. */
  get loadBalancer(): lb.LoadBalancer {
    return resourcesOf(this).loadBalancer;
  }

  /** The main target group resource, for programs in Node.js. */
  get targetGroup(): lb.TargetGroup {
    const main = mainOf(this.targetGroups);
    if (main === undefined) {
      throw new Error(
        "nothing forwards to the main target group, so it is not created; use another one in the property " +
          "targetGroups of this component",
      );
    }
    return main;
  }

  /** The target group resources by their keys, for programs in Node.js. */
  get targetGroups(): TargetGroups {
    return resourcesOf(this).targetGroups;
  }

  /** The listener resources, for programs in Node.js. */
  get listeners(): Listeners {
    return resourcesOf(this).listeners;
  }
}

const TYPE = "load-balanced-group:index:LoadBalancedGroup";

interface Resources {
  readonly loadBalancer: lb.LoadBalancer;
  readonly targetGroups: TargetGroups;
  readonly listeners: Listeners;
}

/** Not in the class, because every field of a component, even a private one, is an output in other languages. */
const RESOURCES = new WeakMap<LoadBalancedGroup, Resources>();

function resourcesOf(group: LoadBalancedGroup): Resources {
  const resources = RESOURCES.get(group);
  if (resources === undefined)
    throw new Error(
      "only the program that creates a group can read its resources; use the outputs, such as loadBalancerArn",
    );
  return resources;
}

function mainOf(targetGroups: TargetGroups): lb.TargetGroup | undefined {
  return Object.hasOwn(targetGroups, MAIN) ? targetGroups[MAIN] : undefined;
}
