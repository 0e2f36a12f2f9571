import type { AdoptArgs, AdoptListenersArgs } from "../args";
import { isEncrypted } from "../plan/https";
import * as checks from "../checks";
import { CLIENTS } from "../network/checks";
import { keysInUse, MAIN } from "../plan/targetGroups";
import { regionsOf } from "../plan/regions";

/** The check of `adopt`. */
export function adoptionChecks() {
  return {
    adopt: checks.object<AdoptArgs>(
      {
        loadBalancerArn: arnOf("an Application Load Balancer", "loadbalancer/app", 2),
        targetGroupArn,
        targetGroupArns: checks.plain(
          checks.dictionary(targetGroupArn, "target groups' ARNs"),
          "Pulumi needs the ARNs to import the target groups",
          "pass an object of plain ARNs",
        ),
        listenerArns: checks.object<AdoptListenersArgs>({ http: listenerArn, https: listenerArn }),
        ruleArns: checks.plain(
          checks.dictionary(ruleArn, "rules' ARNs"),
          "Pulumi needs the ARNs to import the rules",
          "pass an object of plain ARNs",
        ),
      },
      {
        required: ["loadBalancerArn"],
        relations: [
          sameRegionAndAccount,
          listenersOfLoadBalancer,
          rulesOfListeners,
          noRepeatedArns,
        ],
      },
    ),
  };
}

/** An ARN of Elastic Load Balancing, for an import. */
function arnOf(what: string, kind: string, parts: number): checks.PlainCheck {
  return checks.plain(
    checks.loadBalancingArn(what, kind, parts),
    "Pulumi needs it to import the resource",
    "write the ARN itself",
  );
}

const targetGroupArn = arnOf("a target group", "targetgroup", 2);
const listenerArn = arnOf("an Application Load Balancer's listener", "listener/app", 3);
const ruleArn = arnOf("a rule of an Application Load Balancer's listener", "listener-rule/app", 4);

/** All ARNs except that of the load balancer, each with its path. */
function arnsIn(
  adopt: Readonly<Record<string, unknown>>,
  at: checks.ArgumentPath,
): [string, checks.ArgumentPath][] {
  const within = (key: string) =>
    checks
      .entriesOf(adopt[key])
      .map(([own, arn]): [unknown, checks.ArgumentPath] => [arn, at.key(key).key(own)]);
  const all: [unknown, checks.ArgumentPath][] = [
    [adopt.targetGroupArn, at.key("targetGroupArn")],
    ...within("targetGroupArns"),
    ...within("listenerArns"),
    ...within("ruleArns"),
  ];
  return all.flatMap(([arn, argument]) =>
    checks.strings([arn]).map((one): [string, checks.ArgumentPath] => [one, argument]),
  );
}

const partsOf = checks.loadBalancingArnParts;

const regionAndAccountOf = (arn: unknown) => {
  const parts = partsOf(arn);
  return parts && `${parts.region}, ${parts.account}`;
};

const sameRegionAndAccount: checks.Relation = {
  properties: [],
  check(adopt, at) {
    const balancer = regionAndAccountOf(adopt.loadBalancerArn);
    for (const [arn, argument] of arnsIn(adopt, at)) {
      const own = regionAndAccountOf(arn);
      if (balancer === undefined || own === undefined || own === balancer) continue;
      argument.report(
        "format",
        `must be in the region and account of the load balancer (${balancer})`,
        arn,
        "use the ARN of a resource there",
      );
    }
  },
};

/** The ARN of a listener starts with the parts of its load balancer's ARN. */
const listenersOfLoadBalancer: checks.Relation = {
  properties: [],
  check(adopt, at) {
    const idOf = (arn: unknown) => partsOf(arn)?.id;
    const balancer = idOf(adopt.loadBalancerArn);
    for (const [key, arn] of checks.entriesOf(adopt.listenerArns)) {
      const own = idOf(arn);
      if (balancer === undefined || own === undefined || own.startsWith(`${balancer}/`)) continue;
      at.key("listenerArns")
        .key(key)
        .report(
          "format",
          "must be a listener of the load balancer in loadBalancerArn",
          arn,
          "copy the ARN of one of its listeners",
        );
    }
  },
};

const rulesOfListeners: checks.Relation = {
  properties: [],
  check(adopt, at) {
    const idOf = (arn: unknown) => partsOf(arn)?.id;
    const listeners = checks.entriesOf(adopt.listenerArns).map(([, arn]) => idOf(arn));
    for (const [key, arn] of checks.entriesOf(adopt.ruleArns)) {
      const own = idOf(arn);
      if (own === undefined || listeners.some((id) => own.startsWith(`${id ?? " "}/`))) continue;
      at.key("ruleArns")
        .key(key)
        .report(
          "format",
          "must be a rule of one of the listeners in listenerArns",
          arn,
          "add the ARN of its listener to listenerArns",
        );
    }
  },
};

const noRepeatedArns: checks.Relation = {
  properties: [],
  check(adopt, at) {
    const seen = new Map<string, string>();
    for (const [arn, argument] of arnsIn(adopt, at)) {
      const other = seen.get(arn);
      if (other === undefined) seen.set(arn, argument.path);
      else
        argument.report("repeated", `must not repeat ${other}`, arn, "list each value once", {
          remove: true,
        });
    }
  },
};

/** Each adopted resource must be one that the other arguments describe. */
const matchingArguments: checks.Relation = {
  properties: [],
  check({ adopt, targetGroups, httpsOnly, ...others }, at) {
    const within = at.key("adopt");
    const known = checks.entriesOf(targetGroups).map(([key]) => key);
    for (const [key] of checks.entriesOf(checks.valueAt(adopt, "targetGroupArns"))) {
      if (known.includes(key)) continue;
      const remedy =
        key === MAIN
          ? `can't have the key ${MAIN}, which is the main target group's; put its ARN into targetGroupArn`
          : "has a key that is not in targetGroups; add the target group there, or remove this ARN";
      within.key("targetGroupArns").key(key).reportRemoval("conflict", remedy);
    }
    const ruleKeys = checks.entriesOf(others.rules).map(([key]) => key);
    for (const [key] of checks.entriesOf(checks.valueAt(adopt, "ruleArns"))) {
      if (ruleKeys.includes(key)) continue;
      within
        .key("ruleArns")
        .key(key)
        .reportRemoval(
          "unknown",
          "has a key that is not in rules; add the rule there, or remove this ARN",
        );
    }
    const mainArn = checks.valueAt(adopt, "targetGroupArn");
    if (mainArn !== undefined && keysInUse(others)?.has(MAIN) === false) {
      within
        .key("targetGroupArn")
        .reportRemoval(
          "unused",
          `is the ARN of the main target group, to which nothing forwards; use the key "${MAIN}" in a rule or ` +
            "in forward.weights, or remove this ARN",
        );
    }
    const { http, https } = Object.fromEntries(
      checks.entriesOf(checks.valueAt(adopt, "listenerArns")),
    );
    if (https !== undefined && !isEncrypted(others)) {
      within
        .key("listenerArns")
        .key("https")
        .reportRemoval(
          "conflict",
          "needs certificateArn or domain; set certificateArn to the listener's certificate, or remove this ARN",
        );
    }
    if (http !== undefined && httpsOnly === true) {
      within
        .key("listenerArns")
        .key("http")
        .reportRemoval(
          "conflict",
          "can't be combined with httpsOnly, because there is no HTTP listener then; remove one of them",
        );
    }
  },
};

const keptSecurityGroups: checks.Relation = {
  properties: [],
  check({ adopt, securityGroupIds, ...others }, at) {
    if (adopt === undefined || securityGroupIds !== undefined) return;
    for (const key of CLIENTS.filter((one) => others[one] !== undefined)) {
      at.key(key).reportRemoval(
        "conflict",
        "can't be combined with adopt, because an adopted load balancer keeps its security groups without changes; " +
          `remove ${key}`,
      );
    }
  },
};

const sameRegion: checks.Relation = {
  properties: ["availabilityZones"],
  check({ adopt, availabilityZones }, at) {
    const arn = checks.valueAt(adopt, "loadBalancerArn");
    const own = partsOf(arn)?.region;
    const region = regionsOf(availabilityZones).at(0);
    if (own === undefined || region === undefined || own === region) return;
    at.key("adopt")
      .key("loadBalancerArn")
      .report(
        "format",
        `must be in the region of availabilityZones, ${region}`,
        arn,
        `use zones in ${own}, or a load balancer in ${region}`,
      );
  },
};

export const adoptionRelations = [matchingArguments, keptSecurityGroups, sameRegion];
