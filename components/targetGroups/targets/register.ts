import { isIP } from "node:net";
import { Attachment } from "@pulumi/aws/autoscaling/attachment";
import { Permission } from "@pulumi/aws/lambda/permission";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { TargetType, type TargetArgs } from "../../args";
import type { OutputChecks, Problem } from "../../checks";
import { createByValue, registrationLabel } from "../../plan/identity";
import { permissionNaming } from "../../plan/naming";
import {
  resourceName,
  argumentPathOf,
  plannedGroups,
  type PlannedGroup,
  type TargetGroups,
} from "../../plan/targetGroups";
import type { Scope } from "../../shared/scope";

/** Checks an instance whose ID is known only after other resources were created. */
export type CheckServer = (id: string, path: string) => Promise<Problem[]>;

/** The resources that register the targets of each target group, by its key. */
export type Registrations = Readonly<Record<string, pulumi.Input<pulumi.Resource>[]>>;

/** The target groups to which listeners and rules forward, and the registrations of their targets. */
export interface Destinations {
  readonly targetGroups: TargetGroups;
  readonly registrations: Registrations;
}

/** Registers the targets. Each registration is named after its target and port (see `createByValue`). */
export function registerTargets(
  scope: Scope,
  targetGroups: TargetGroups,
  outputChecks: OutputChecks,
  checkServer: CheckServer,
): Registrations {
  const { name, args, parent } = scope;
  return Object.fromEntries(
    plannedGroups(args).map((group) => {
      const { instanceIds = [], targets = {} } = group.servers;
      const { targetType, port } = group.settings;
      const targetGroup = targetGroups[group.key];
      const isServer = targetType === TargetType.Instance;
      const isFunction = targetType === TargetType.Lambda;
      const prefix = resourceName(name, "attachment", group);
      const findDuplicate = duplicateFinder();
      const register = (key: string, target: TargetArgs, path: string) => {
        const { id, ...where } = target;
        const argumentPath = argumentPathOf(group, path);
        const targetId = outputChecks.check(id, async (known, { isAfterChecks }) => [
          ...findDuplicate(`${known} on port ${target.port ?? port}`, argumentPath),
          ...(isAfterChecks && isServer ? await checkServer(known, argumentPath) : []),
        ]);
        const permission = `${resourceName(name, "permission", group)}-${key}`;
        const dependsOn = isFunction
          ? [permitInvocation(permission, targetId, targetGroup, parent)]
          : [];
        const value = typeof id === "string" ? id : targetId;
        const registeredOn = isFunction ? undefined : (target.port ?? port);
        const nameFor = (known: string) => `${prefix}-${registrationLabel(known, registeredOn)}`;
        // An ID that is no longer secret keeps its registration, unless another target can have that name.
        const whileSecret = isTargetId(key) ? [] : [{ name: nameFor(key) }];
        return createByValue(
          { value, key },
          (known) =>
            new lb.TargetGroupAttachment(
              nameFor(known),
              { targetGroupArn: targetGroup.arn, targetId, ...where },
              {
                parent,
                dependsOn,
                aliases: [{ name: `${prefix}-${key}` }, ...whileSecret],
                // The name has the port, so a target that gives its group's port is the same as one that gives none.
                ignoreChanges: ["port"],
              },
            ),
        );
      };
      const registered = [
        ...instanceIds.map((id, index) => register(id, { id }, `instanceIds[${index}]`)),
        ...Object.entries(targets).map(([key, target]) =>
          register(key, target, `targets.${key}.id`),
        ),
        ...attachAutoScalingGroups(scope, group, targetGroup),
      ];
      return [group.key, registered];
    }),
  );
}

const INSTANCE_ID = /^i-[0-9a-f]+$/;

/** Whether a key is an ID by which another target may be named. */
const isTargetId = (key: string) => INSTANCE_ID.test(key) || isIP(key) !== 0;

/**
 * Finds outputs that turn out to have the same ID. AWS would register that target once, and deregister it
 * when one of the two attachments is deleted.
 */
function duplicateFinder(): (registration: string, path: string) => Problem[] {
  const paths = new Map<string, string>();
  return (registration, path) => {
    const other = paths.get(registration) ?? path;
    paths.set(registration, other);
    if (other === path) return [];
    const reason = `${path} is ${registration}, the same as ${other}; remove one of them`;
    return [{ code: "repeated", propertyPath: path, reason }];
  };
}

/** Attaches the Auto Scaling groups of a target group, which then register their instances. */
function attachAutoScalingGroups(
  { name, parent }: Scope,
  group: PlannedGroup,
  { arn: lbTargetGroupArn }: lb.TargetGroup,
): pulumi.Input<Attachment>[] {
  return Object.entries(group.servers.autoScalingGroupNames ?? {}).map(([key, value]) =>
    createByValue({ value, key }, (label) => {
      const formerName = `${resourceName(name, "asg", group)}-${key}`;
      return new Attachment(
        `${resourceName(name, "auto-scaling", group)}-${label}`,
        { autoscalingGroupName: value, lbTargetGroupArn },
        { parent, aliases: [{ name: formerName }] },
      );
    }),
  );
}

/** The number of parts of a function's ARN before its version or alias. */
const PARTS = 7;

/** Permits this target group to invoke its Lambda function. */
function permitInvocation(
  name: string,
  functionArn: pulumi.Input<string>,
  targetGroup: lb.TargetGroup,
  parent: pulumi.Resource,
): Permission {
  const parts = pulumi.output(functionArn).apply((arn) => arn.split(":"));
  return new Permission(
    name,
    {
      ...permissionNaming(name),
      action: "lambda:InvokeFunction",
      principal: "elasticloadbalancing.amazonaws.com",
      function: parts.apply((all) => all.slice(0, PARTS).join(":")),
      qualifier: parts.apply((all): string | undefined => all[PARTS]),
      sourceArn: targetGroup.arn,
    },
    { parent },
  );
}
