import { LoadBalancingCrossZone, TargetType, type TargetArgs } from "../../args";
import { DEFAULTS } from "../../args/defaults";
import * as checks from "../../checks";
import { address } from "./addressChecks";
import { functionArn, functionTarget, oneFunction } from "./functionChecks";
import { REGION_OF_ZONE } from "../../plan/regions";

/** The checks of the targets. They depend on the target type. */
export function targetsChecks(settings: unknown) {
  return {
    instanceIds: checks.plain(
      checks.list(
        checks.plain(checks.awsId("i", "an EC2 instance"), ...namesAttachments),
        "instance IDs",
      ),
      ...namesAttachments,
    ),
    targets: checks.named(target(settings), "targets", "the IDs"),
    autoScalingGroupNames: checks.named(
      autoScalingGroupName,
      "names of Auto Scaling groups",
      "the names",
    ),
  };
}

const namesAttachments = [
  checks.namesResources,
  "put IDs that are outputs into targets, each with a key of your own",
] as const;

const autoScalingGroupName = checks.text(
  "the name of an Auto Scaling group, 1 to 255 ASCII characters without a colon",
  (value) => /^[ -9;-~]{1,255}$/.test(value),
  "use the name, not the ARN",
);

const zoneOfInstance: checks.Relation = {
  properties: ["availabilityZone"],
  check({ availabilityZone }, at) {
    if (availabilityZone === undefined) return;
    at.key("availabilityZone").reportRemoval(
      "conflict",
      "is for IP addresses only, because AWS knows the zone of an instance; remove it",
    );
  },
};

function target(settings: unknown): checks.PlainCheck {
  const type = checks.valueAt(settings, "targetType");
  const [id, ...relations] =
    type === TargetType.Lambda
      ? ([functionArn, functionTarget] as const)
      : type === TargetType.Ip
        ? ([address(checks.valueAt(settings, "ipAddressType"))] as const)
        : ([checks.awsId("i", "an EC2 instance"), zoneOfInstance] as const);
  return checks.object<TargetArgs>(
    {
      id,
      port: checks.port,
      availabilityZone: checks.plain(
        checks.text(
          'an Availability Zone or "all"',
          (value) => value === "all" || REGION_OF_ZONE.test(value),
          'use a zone such as "us-west-2a", or "all" for an address outside the VPC',
        ),
        "security group rules depend on it",
      ),
    },
    {
      required: ["id"],
      relations,
      otherNames: {
        targetId: "write id instead",
        instanceId: "write id instead",
        address: "write id instead",
        targetGroupArn:
          "remove it, because a target always belongs to the target group in which it is listed",
      },
    },
  );
}

/** If a target had two attachments, removing one of them would deregister it. */
function registeredOnce(settings: unknown): checks.Relation {
  return {
    properties: [],
    check({ instanceIds, targets }, at) {
      const instances = checks.strings(instanceIds);
      const type = checks.valueAt(settings, "targetType") ?? TargetType.Instance;
      if (type !== TargetType.Instance && instances.length > 0) {
        at.key("instanceIds").reportRemoval(
          "conflict",
          "need the target type instance; put addresses, or the function's ARN, into targets",
        );
      }
      const groupPort = checks.valueAt(settings, "port") ?? DEFAULTS.TargetGroup.port;
      // A port that is no number may have no text, and is reported by its own check.
      const identity = (id: string, own: unknown) => {
        const port = own ?? groupPort;
        return JSON.stringify([id, typeof port === "number" ? port : "wrong"]);
      };
      const seen = new Map(
        instances.map((id) => [identity(id, undefined), at.key("instanceIds").path]),
      );
      const listed = new Set(instances);
      for (const [key, one] of Object.entries(targets ?? {})) {
        const argument = at.key("targets").key(key);
        if (listed.has(key)) {
          argument.reportRemoval(
            "format",
            "can't have a key that is also in instanceIds; choose another key, or remove one of them",
          );
        }
        for (const id of checks.strings([checks.valueAt(one, "id")])) {
          const registration = identity(id, checks.valueAt(one, "port"));
          const other = seen.get(registration);
          if (other === undefined) seen.set(registration, argument.path);
          else
            argument.reportRemoval(
              "repeated",
              `registers ${id} on the same port as ${other} does; remove one of the two`,
            );
        }
      }
    },
  };
}

/** If an Auto Scaling group were attached twice, removing one attachment would detach it. */
function attachedOnce(settings: unknown): checks.Relation {
  return {
    properties: [],
    check({ autoScalingGroupNames }, at) {
      const names = checks.entriesOf(autoScalingGroupNames);
      const type = checks.valueAt(settings, "targetType") ?? TargetType.Instance;
      if (type !== TargetType.Instance && names.length > 0) {
        at.key("autoScalingGroupNames").reportRemoval(
          "conflict",
          "need the target type instance, because Auto Scaling groups register instances; remove them",
        );
      }
      const seen = new Map<unknown, string>();
      for (const [key, name] of names) {
        const argument = at.key("autoScalingGroupNames").key(key);
        const other = seen.get(name);
        if (typeof name === "string" && other !== undefined) {
          argument.report("repeated", `must not repeat ${other}`, name, "list each value once", {
            remove: true,
          });
        }
        seen.set(name, argument.path);
      }
    },
  };
}

/** Without cross-zone load balancing each target must be in a zone, and "all" is no zone. */
function zonesOfTargets(settings: unknown): checks.Relation {
  return {
    properties: [],
    check({ targets }, at) {
      const crossZone = checks.valueAt(settings, "loadBalancingCrossZone");
      if (crossZone !== LoadBalancingCrossZone.False) return;
      for (const [key, one] of Object.entries(targets ?? {})) {
        if (checks.valueAt(one, "availabilityZone") !== "all") continue;
        at.key("targets")
          .key(key)
          .key("availabilityZone")
          .reportText(
            "conflict",
            'can\'t be "all" if loadBalancingCrossZone is "false"; use the zone of the load balancer from which the target should get requests',
          );
      }
    },
  };
}

/** The relations between the targets, and between them and the settings of their target group. */
export const targetsRelations = (settings: unknown): checks.Relation[] => [
  registeredOnce(settings),
  attachedOnce(settings),
  zonesOfTargets(settings),
  ...(checks.valueAt(settings, "targetType") === TargetType.Lambda ? [oneFunction] : []),
];
