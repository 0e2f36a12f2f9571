import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { type Account, sampleAccount } from "../../emulator";
import { CERTIFICATE, FIRST, OTHER_CERTIFICATE, SECOND, THIRD, TUTORIAL } from "../support/stage";

/** The function that a group of the fixture has. */
export const FUNCTION = "arn:aws:lambda:us-west-2:123456789012:function:api";

/** The account of the fixture. */
export function formerAccount(): Account {
  const account = sampleAccount();
  const handler = () => ({ statusCode: 200, body: "api" });
  account.functions.push({ functionArn: FUNCTION, handler, permissions: [] });
  account.autoScalingGroups.push({
    autoScalingGroupName: "fleet",
    instanceIds: [],
    targetGroupArns: [],
  });
  return account;
}

const [{ arn: webAclArn }] = sampleAccount().webAcls;

/**
 * The groups whose resources, as version 0.1 made them, are in formerVersion.json: each resource that has another
 * name or other settings today.
 */
export const FORMER_GROUPS: Readonly<Record<string, LoadBalancedGroupArgs>> = {
  web: {
    ...TUTORIAL,
    instanceIds: [FIRST],
    targets: {
      plain: { id: SECOND },
      ported: { id: THIRD, port: 8080 },
      same: { id: THIRD, port: 80 },
    },
    targetSecurityGroupIds: ["sg-00000000000000eb1"],
    autoScalingGroupNames: { main: "fleet" },
    certificateArn: CERTIFICATE,
    additionalCertificateArns: { shop: OTHER_CERTIFICATE },
    rules: {
      api: { pathPatterns: ["/api/*"], fixedResponse: { statusCode: 404 } },
      first: { priority: 7, pathPatterns: ["/first"], fixedResponse: { statusCode: 404 } },
    },
    webAclArn,
    accessLogs: {},
    deletionProtection: true,
    dashboard: true,
    alarms: { topicArns: ["arn:aws:sns:us-west-2:123456789012:alerts"] },
  },
  addresses: {
    ...TUTORIAL,
    instanceIds: [],
    port: 443,
    internal: true,
    targetGroup: { targetType: "ip" },
    targets: { far: { id: "10.9.0.7", availabilityZone: "all" } },
  },
  given: {
    ...TUTORIAL,
    instanceIds: [FIRST],
    securityGroupIds: ["sg-00000000000000eb1"],
    targetGroup: { port: 8081 },
    targetSecurityGroupIds: ["sg-00000000000000eb1"],
  },
  "a-name-that-is-too-long-for-a-load-balancer": {
    ...TUTORIAL,
    instanceIds: [],
    targetGroup: { targetType: "lambda" },
    targets: { api: { id: FUNCTION } },
  },
};

/** A resource as version 0.1 made it. Texts like `{web-tg.arn}` are outputs of other resources. */
interface FormerResource {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export const FORMER = JSON.parse(
  readFileSync(path.join(__dirname, "formerVersion.json"), "utf8"),
) as FormerResource[];

const TYPE = "load-balanced-group:index:LoadBalancedGroup";
const OUTPUTS = ["arn", "arnSuffix", "name", "dnsName", "bucket"];

/** A resource of which only the type's name is known. */
class AnyResource extends pulumi.CustomResource {
  [output: string]: unknown;
}

/** Makes the resources of these groups as version 0.1 did, under their names. */
export function formerProgram(names: readonly string[] = Object.keys(FORMER_GROUPS)): PulumiFn {
  return () => Promise.resolve(makeFormer(names));
}

function makeFormer(names: readonly string[]): Record<string, unknown> {
  const groups = new Map(names.map((name) => [name, new pulumi.ComponentResource(TYPE, name)]));
  const made = new Map<string, AnyResource>();
  const outputOf = (reference: string): unknown => {
    const dot = reference.lastIndexOf(".");
    return made.get(reference.slice(0, dot))?.[reference.slice(dot + 1)];
  };
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
    }
    if (typeof value !== "string") return value;
    const whole = /^\{([^{}]*\.\w+)\}$/.exec(value);
    if (whole !== null) return outputOf(whole[1]);
    const parts = value.split(/\{([a-z][a-z-]*\.(?:id|arn|arnSuffix|bucket|name))\}/);
    return pulumi.concat(
      ...parts.map((part, index) => (index % 2 === 0 ? part : outputOf(part)) as string),
    );
  };
  for (const { type, name, parent, inputs } of FORMER) {
    if (!names.includes(parent)) continue;
    const outputs = Object.fromEntries(OUTPUTS.map((key) => [key, undefined]));
    const properties = resolved(inputs) as pulumi.Inputs;
    // In the order of that version's state, in which each comes after those that it needs.
    const opts = { parent: groups.get(parent), dependsOn: [...made.values()].slice(-1) };
    made.set(name, new AnyResource(type, name, { ...outputs, ...properties }, opts));
  }
  return {};
}
