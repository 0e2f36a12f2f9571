import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedServiceArgs } from "./args";
import { Failed, subjectOf, type LookedUp } from "./checks";
import { Gate } from "./gate/gate";
import { SecretTexts } from "./gate/secretTexts";
import { addCertificates } from "./listeners/create";
import {
  findJoinedListener,
  type ExistingLoadBalancer,
  type JoinedListener,
} from "./listeners/joined/find";
import { createRules } from "./listeners/rules/create";
import { checkNewTargetGroups } from "./listeners/newTargetGroups";
import { Lookups } from "./lookups/lookups";
import { networkOf } from "./network/find";
import { OWNER_TAG, ownerOf, ruleLabelOf } from "./plan/owner";
import { MAIN } from "./plan/targetGroups";
import { preflight } from "./preflight";
import { serviceChecks } from "./preflight/serviceChecks";
import { allowTraffic } from "./securityGroups/create";
import { arnsOf, valuesOf } from "./shared/arns";
import { someAreToCome } from "./shared/dependencies";
import { releaseAfter, valueIfKnown } from "./shared/previewValues";
import { createTargetGroups } from "./targetGroups/create";
import { registerTargets } from "./targetGroups/targets/register";
import { checkArgs, checkOfService } from "./validation";
import { warnOfLikelyMistakesOfService } from "./validation/warnings";

/**
 * A service behind the listener of a load balancer that exists already, as one Pulumi resource: one of many that
 * share the load balancer.
 *
 * It creates target groups, registers the targets, and adds rules to the listener. The listener may be one of a
 * `LoadBalancedGroup`, in this program or in another stack, or any other of an Application Load Balancer.
 * Removing a service changes nothing of the others.
 *
 * Mistakes are found before anything is created, and reported all at once. The component checks the arguments
 * against the limits of the Elastic Load Balancing API. It looks up in AWS whether the targets can get requests, and
 * whether the priorities of the rules are free.
 */
export class LoadBalancedService extends pulumi.ComponentResource {
  /**
   * The ARN of the main target group. It is known only when the targets in the arguments are
   * registered and the rules forward to it.
   *
   * So an Amazon ECS service, for example, that gets this ARN is created only after that, as AWS
   * demands. It registers its own tasks later. The ARN is an empty string if no rule forwards to the
   * main target group.
   */
  public readonly targetGroupArn: pulumi.Output<string>;
  /** The last part of the main target group's ARN, for the dimensions of CloudWatch metrics. */
  public readonly targetGroupArnSuffix: pulumi.Output<string>;
  /**
   * The ARNs of all target groups, by their keys. The main target group has the key `default`.
   *
   * They are known when the targets are registered and the rules forward to the target groups.
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
   * They are known when the targets are registered and the rules forward to the target groups.
   */
  public readonly targetGroupNames: pulumi.Output<{ [key: string]: string }>;
  /** The ARNs of the listener rules, by their keys. Amazon ECS asks for one to deploy with blue/green. */
  public readonly ruleArns: pulumi.Output<{ [key: string]: string }>;
  /** The ARN of the load balancer. */
  public readonly loadBalancerArn: pulumi.Output<string>;
  /** The last part of the load balancer's ARN, for the dimensions of CloudWatch metrics. */
  public readonly loadBalancerArnSuffix: pulumi.Output<string>;
  /** The DNS name of the load balancer. */
  public readonly dnsName: pulumi.Output<string>;
  /** The hosted zone ID of the load balancer's DNS name, for an alias record in Route 53. */
  public readonly zoneId: pulumi.Output<string>;
  /**
   * The ID of the load balancer's security group that the targets must allow: `loadBalancerSecurityGroupId`,
   * or the first security group of the load balancer.
   */
  public readonly securityGroupId: pulumi.Output<string>;
  /** The ID of the load balancer's VPC. */
  public readonly vpcId: pulumi.Output<string>;

  /**
   * @param name the name of the service, and the prefix of its resources' names; of any length.
   * @param args the arguments of the service.
   * @throws pulumi.InputPropertiesError with everything that is wrong with the arguments.
   */
  constructor(name: string, args: LoadBalancedServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const subject = subjectOf("LoadBalancedService", name);
    const { args: checked, outputChecks } = checkArgs(subject, checkOfService(name, args), args);
    const secrets = new SecretTexts(args);
    const gate = new Gate(subject, outputChecks, secrets, someAreToCome(opts?.dependsOn));
    const transformations = [...(opts?.transformations ?? []), gate.holdBack(TYPE)];
    super(TYPE, name, {}, { ...opts, transformations });
    void warnOfLikelyMistakesOfService(name, checked, secrets, this);

    const tags = withOwner(checked.tags, ownerOf(name));
    const scope = { name, args: { ...checked, tags }, parent: this };
    const { listenerArn, loadBalancerSecurityGroupId, certificateArns } = checked;
    const lookups = new Lookups({ parent: this }, valueIfKnown(this.urn));
    const listener = findJoinedListener(listenerArn, lookups, gate);
    const { loadBalancer } = listener;
    const vpc = fieldOf(listener.found, ({ vpcId }) => vpcId);
    const subnetIds = fieldOf(listener.found, (found) => found.subnetIds);
    const network = { ...networkOf({ vpc, subnetIds }, lookups, gate), isGiven: true };
    const tools = { gate, lookups, secrets };
    const awsChecks = serviceChecks(name, checked, network, listener);
    const checkServer = preflight(scope, subject, network, awsChecks, tools);

    const loadBalancerArn = loadBalancer.apply(({ arn }) => arn);
    const securityGroupId =
      loadBalancerSecurityGroupId === undefined
        ? loadBalancer.apply(({ securityGroupIds: [first = ""] }) => first)
        : pulumi.output(loadBalancerSecurityGroupId);
    const allowed = allowTraffic(scope, securityGroupId, loadBalancerSecurityGroupId !== undefined);
    const targetGroups = createTargetGroups(scope, network.vpcId, loadBalancerArn);
    const registrations = registerTargets(scope, targetGroups, outputChecks, checkServer);
    const destinations = { targetGroups, registrations };
    gate.openAfterChecks(this);
    const certificates = addCertificates(scope, certificateArns, listenerArn);
    const rules = createRules(
      scope,
      {
        arn: listenerArn,
        labelOf: ruleLabelOf(name),
        dependsOn: [...allowed, ...certificates],
      },
      destinations,
    );

    const noneIsRefused = checkNewTargetGroups(
      { subject, secrets, parent: this, vpcId: network.vpcId },
      [{ key: "", settings: checked, pathPrefix: "" }],
      { listeners: {}, rules },
      destinations,
    );
    this.ruleArns = pulumi.all([arnsOf(rules), noneIsRefused]).apply(([arns]) => arns);
    this.targetGroupArns = releaseAfter(this.ruleArns, arnsOf(targetGroups));
    this.targetGroupArn = this.targetGroupArns.apply(({ [MAIN]: arn = "" }) => arn);
    const main = Object.hasOwn(targetGroups, MAIN) ? targetGroups[MAIN] : undefined;
    this.targetGroupArnSuffix = pulumi.output(main?.arnSuffix ?? "");
    this.targetGroupArnSuffixes = valuesOf(targetGroups, ({ arnSuffix }) => arnSuffix);
    const names = valuesOf(targetGroups, ({ name: groupName }) => groupName);
    this.targetGroupNames = releaseAfter(this.ruleArns, names);
    this.loadBalancerArn = loadBalancerArn;
    this.loadBalancerArnSuffix = loadBalancer.apply(({ arnSuffix }) => arnSuffix);
    this.dnsName = loadBalancer.apply(({ dnsName }) => dnsName);
    this.zoneId = loadBalancer.apply(({ zoneId }) => zoneId);
    this.securityGroupId = securityGroupId;
    this.vpcId = network.vpcId;
    this.registerOutputs({
      targetGroupArn: this.targetGroupArn,
      targetGroupArnSuffix: this.targetGroupArnSuffix,
      targetGroupArns: this.targetGroupArns,
      targetGroupArnSuffixes: this.targetGroupArnSuffixes,
      targetGroupNames: this.targetGroupNames,
      ruleArns: this.ruleArns,
      loadBalancerArn: this.loadBalancerArn,
      loadBalancerArnSuffix: this.loadBalancerArnSuffix,
      dnsName: this.dnsName,
      zoneId: this.zoneId,
      securityGroupId: this.securityGroupId,
      vpcId: this.vpcId,
    });
  }
}

const TYPE = "load-balanced-group:index:LoadBalancedService";

/** The tags with the one that says whose a resource is. */
const withOwner = (tags: LoadBalancedServiceArgs["tags"], owner: string) =>
  pulumi.output(tags ?? {}).apply((known) => ({ ...known, [OWNER_TAG]: owner }));

/** A part of what was looked up, or why it could not be found. */
const fieldOf = <T>(
  found: JoinedListener["found"],
  read: (loadBalancer: ExistingLoadBalancer) => T,
): LookedUp<T> => found.apply((one) => (Failed.isInstance(one) ? one : read(one)));
