import { LoadBalancingCrossZoneEnabled, TargetType } from "../args";
import { DEFAULTS } from "../defaults";
import * as rules from "../rules";
import { address, privateOutside } from "./addresses";
import { functionArn, functionTarget, oneFunction } from "./functions";
import { port } from "./healthCheck";
import { namesResources, REGION_OF_ZONE } from "./network";

/** The servers, whose ids hang on the settings' target type. */
export function targetsRules(settings: unknown): Record<string, rules.Rule> {
  return {
    instanceIds: rules.plain(
      rules.list(
        rules.plain(rules.awsId("i", "an EC2 instance"), `${namesResources}; use targets instead`),
        "instance ids",
      ),
      `${namesResources}; put ids that are outputs into targets, each under a key of yours`,
    ),
    targets: rules.plain(
      rules.dictionary(target(settings), "targets", (key, at) => {
        if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
      }),
      "its keys name the registrations; only the ids in it may be outputs",
    ),
    autoScalingGroupNames: rules.plain(
      rules.dictionary(autoScalingGroupName, "names of Auto Scaling groups", (key, at) => {
        if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
      }),
      "its keys name the attachments; only the names in it may be outputs",
    ),
  };
}

const autoScalingGroupName = rules.text(
  "the name of an Auto Scaling group, 1 to 255 characters",
  (value) => value !== "" && value.length <= 255 && !value.startsWith("arn:"),
  "pass the group's name, not its ARN",
);

const zoneOfInstance: rules.Relation = {
  of: ["availabilityZone"],
  judge({ availabilityZone }, at) {
    if (availabilityZone === undefined) return;
    at.key("availabilityZone").refuse(
      "is for addresses, not for instances, whose zone AWS knows; leave it out",
    );
  },
};

function target(settings: unknown): rules.Rule {
  const type = rules.valueAt(settings, "targetType");
  const [id, relation] =
    type === TargetType.Lambda
      ? [functionArn, functionTarget]
      : type === TargetType.Ip
        ? [address(rules.valueAt(settings, "ipAddressType")), privateOutside]
        : [rules.awsId("i", "an EC2 instance"), zoneOfInstance];
  return rules.object(
    {
      id,
      port,
      availabilityZone: rules.plain(
        rules.text(
          'an Availability Zone or "all"',
          (value) => value === "all" || REGION_OF_ZONE.test(value),
          'write a zone like "us-west-2a", or "all" for an address outside the VPC',
        ),
        "security group rules hang on it",
      ),
    },
    { required: ["id"], relations: [relation] },
  );
}

/** A target that is registered under two names would be lost when one of them is removed. */
function registeredOnce(settings: unknown): rules.Relation {
  return {
    of: [],
    judge({ instanceIds, targets }, at) {
      const instances = rules.strings(instanceIds);
      const type = rules.valueAt(settings, "targetType") ?? TargetType.Instance;
      if (type !== TargetType.Instance && instances.length > 0) {
        at.key("instanceIds").refuse(
          "are for the target type instance; put addresses, or the function's ARN, into targets",
        );
      }
      const groupPort = rules.valueAt(settings, "port") ?? DEFAULTS.TargetGroup.port;
      const identity = (id: string, own: unknown) => JSON.stringify([id, own ?? groupPort]);
      const seen = new Map(
        instances.map((id) => [identity(id, undefined), at.key("instanceIds").path]),
      );
      for (const [key, one] of Object.entries(targets ?? {})) {
        const place = at.key("targets").key(key);
        if (instances.includes(key)) {
          place.state(
            "must not have the key of one of instanceIds; choose another, or leave one out",
          );
        }
        for (const id of rules.strings([rules.valueAt(one, "id")])) {
          const registration = identity(id, rules.valueAt(one, "port"));
          const other = seen.get(registration);
          if (other === undefined) seen.set(registration, place.path);
          else place.state(`must not register ${id} on the same port as ${other}; leave one out`);
        }
      }
    },
  };
}

/** Auto Scaling groups register instances, and a group that is attached twice is lost with one of the two. */
function attachedOnce(settings: unknown): rules.Relation {
  return {
    of: [],
    judge({ autoScalingGroupNames }, at) {
      const names = rules.entriesOf(autoScalingGroupNames);
      const type = rules.valueAt(settings, "targetType") ?? TargetType.Instance;
      if (type !== TargetType.Instance && names.length > 0) {
        at.key("autoScalingGroupNames").refuse(
          "are for the target type instance, which Auto Scaling groups register; leave them out",
        );
      }
      const seen = new Map<unknown, string>();
      for (const [key, name] of names) {
        const place = at.key("autoScalingGroupNames").key(key);
        const other = seen.get(name);
        if (typeof name === "string" && other !== undefined) {
          place.report(`must not repeat ${other}`, name, "name each group once");
        }
        seen.set(name, place.path);
      }
    },
  };
}

/** A target that counts to all zones belongs to none that could keep its requests to itself. */
function zonesOfTargets(settings: unknown): rules.Relation {
  return {
    of: [],
    judge({ targets }, at) {
      const crossZone = rules.valueAt(settings, "loadBalancingCrossZoneEnabled");
      if (crossZone !== LoadBalancingCrossZoneEnabled.False) return;
      for (const [key, one] of Object.entries(targets ?? {})) {
        if (rules.valueAt(one, "availabilityZone") !== "all") continue;
        at.key("targets")
          .key(key)
          .key("availabilityZone")
          .state(
            'can\'t be "all" where cross-zone load balancing is off; name the zone that the target counts to',
          );
      }
    },
  };
}

/** What the servers have to do with one another, and with their group's settings. */
export const targetsRelations = (settings: unknown): rules.Relation[] => [
  registeredOnce(settings),
  attachedOnce(settings),
  zonesOfTargets(settings),
  ...(rules.valueAt(settings, "targetType") === TargetType.Lambda ? [oneFunction] : []),
];
