import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import type {
  ListenerArgs,
  LoadBalancedGroupArgs,
  RuleArgs,
  TargetArgs,
} from "../../components/args";
import { sampleAccount } from "../../emulator";
import { AUTO_SCALING_GROUPS, FUNCTIONS, GIVEN_GROUP, SERVERS_GROUP } from "../changes/account";
import { tutorialInConsole } from "../engine/existingResources";
import { FORMER_GROUPS, formerProgram } from "../engine/formerGroups";
import {
  CERTIFICATE,
  FIRST,
  groupOf,
  OTHER_CERTIFICATE,
  outputsOf,
  SECOND,
  THIRD,
} from "../support/stage";
import type { Change, Deployed, Sequence } from "./sequence";

/*
 * The changes and, for each, the least that has to be done in AWS. What a change needs follows from AWS's API:
 * what can be modified is updated, and only what can't be modified is replaced.
 */

const REFERENCE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/";

const BASE: LoadBalancedGroupArgs = { availabilityZones: ["us-west-2a", "us-west-2b"] };
const [FLEET, RESERVE] = AUTO_SCALING_GROUPS;
const [API, JOBS] = FUNCTIONS;
const ADDRESSES = Object.fromEntries(
  sampleAccount().instances.map(({ privateIpAddress: id }, index) => [`s${index}`, { id }]),
);

const attached = (id: string, port: number | string = 80) => `web-attachment-${id}:${port}`;
const each = (step: string, port: number) =>
  [FIRST, SECOND, THIRD].map((id) => `${step} ${attached(id, port)}`);
const secret = (id: string) => pulumi.secret(id);
const later = (id: string) => pulumi.output(Promise.resolve(id));

const serving = (...instanceIds: string[]): LoadBalancedGroupArgs => ({ ...BASE, instanceIds });
const ALL = serving(FIRST, SECOND, THIRD);

const servers: Sequence = {
  name: "Servers",
  plan: () => ({
    start: { args: serving(FIRST, SECOND) },
    changes: [
      { change: "A server is added", args: ALL, steps: [`create ${attached(THIRD)}`] },
      {
        change: "The servers come in another order",
        args: serving(THIRD, FIRST, SECOND),
        steps: [],
      },
      {
        change: "The first server is removed",
        args: serving(FIRST, SECOND),
        steps: [`delete ${attached(THIRD)}`],
      },
      {
        change: "A server is added in the middle",
        args: serving(FIRST, THIRD, SECOND),
        steps: [`create ${attached(THIRD)}`],
      },
      {
        change: "The server in the middle is removed",
        args: serving(FIRST, SECOND),
        steps: [`delete ${attached(THIRD)}`],
      },
      {
        change: "The last server is removed",
        args: serving(FIRST),
        steps: [`delete ${attached(SECOND)}`],
      },
      {
        change: "The only server is exchanged for another one",
        args: serving(SECOND),
        steps: [`create ${attached(SECOND)}`, `delete ${attached(FIRST)}`],
      },
      {
        change: "A server moves from `instanceIds` to `targets`",
        args: { ...BASE, targets: { a: { id: SECOND } } },
        steps: [],
      },
      {
        change: "The only target gets a port of its own",
        args: { ...BASE, targets: { a: { id: SECOND, port: 8080 } } },
        steps: [
          `create ${attached(SECOND, 8080)}`,
          "create web-egress-8080-vpc",
          `delete ${attached(SECOND)}`,
        ],
      },
    ],
  }),
};

const targets = (named: LoadBalancedGroupArgs["targets"]): LoadBalancedGroupArgs => ({
  ...BASE,
  targets: named,
});

/** The same targets, but given by outputs that are made so. */
const given = (
  named: Record<string, { id: string }>,
  as: (id: string) => pulumi.Output<string>,
): Deployed => {
  const outputs: Record<string, TargetArgs> = {};
  for (const [key, { id }] of Object.entries(named)) outputs[key] = { id: as(id) };
  return { args: targets(named), program: groupOf(targets(outputs)) };
};

export const keys: Sequence = {
  name: "Targets by keys",
  plan: () => ({
    start: given({ a: { id: FIRST } }, secret),
    changes: [
      {
        change: "The ID under a key is another one, and secret",
        ...given({ a: { id: SECOND } }, secret),
        steps: ["replace web-attachment-a:80"],
      },
      {
        change: "The ID is no longer secret",
        args: targets({ a: { id: SECOND } }),
        steps: [],
      },
      {
        change: "The ID under a key is another one",
        args: targets({ a: { id: FIRST } }),
        steps: [`create ${attached(FIRST)}`, `delete ${attached(SECOND)}`],
      },
      {
        change: "The ID under a key is another one, from an output",
        ...given({ a: { id: THIRD } }, later),
        steps: [`create ${attached(THIRD)}`, `delete ${attached(FIRST)}`],
      },
      { change: "A key is renamed", ...given({ b: { id: THIRD } }, later), steps: [] },
      {
        change: "A target is added under the old key",
        args: targets({ a: { id: FIRST }, b: { id: THIRD } }),
        steps: [`create ${attached(FIRST)}`],
      },
      {
        change: "Two keys exchange their IDs",
        args: targets({ a: { id: THIRD }, b: { id: FIRST } }),
        steps: [],
      },
      {
        change: "The IDs become secret",
        ...given({ a: { id: THIRD }, b: { id: FIRST } }, secret),
        steps: [
          "create web-attachment-a:80",
          "create web-attachment-b:80",
          `delete ${attached(FIRST)}`,
          `delete ${attached(THIRD)}`,
        ],
        loss: {
          why:
            "The attachment of a secret ID is named after its key. So Pulumi takes it for another one, and " +
            "deregisters the target. Remove the target in one update, and add it in the next.",
          source: "https://www.pulumi.com/docs/iac/concepts/resources/names/",
          shown: /^delete web-attachment-i-/,
        },
      },
    ],
  }),
};

const scaled = (autoScalingGroupNames: Record<string, string>): LoadBalancedGroupArgs => ({
  ...BASE,
  autoScalingGroupNames,
});

const autoScaling: Sequence = {
  name: "Auto Scaling groups",
  plan: () => ({
    start: { args: scaled({ x: FLEET }) },
    changes: [
      {
        change: "An Auto Scaling group is added",
        args: scaled({ x: FLEET, y: RESERVE }),
        steps: [`create web-auto-scaling-${RESERVE}`],
      },
      { change: "A key is renamed", args: scaled({ z: FLEET, y: RESERVE }), steps: [] },
      {
        change: "The first Auto Scaling group is removed",
        args: scaled({ y: RESERVE }),
        steps: [`delete web-auto-scaling-${FLEET}`],
      },
      {
        change: "The only Auto Scaling group is exchanged for another one",
        args: scaled({ y: FLEET }),
        steps: [`create web-auto-scaling-${FLEET}`, `delete web-auto-scaling-${RESERVE}`],
      },
    ],
  }),
};

/** A change of settings of the target group that AWS makes in place. */
const inPlace = (
  change: string,
  targetGroup: LoadBalancedGroupArgs["targetGroup"],
  ...more: string[]
): Change => ({ change, args: { ...ALL, targetGroup }, steps: ["update web-tg", ...more] });

const settings: Sequence = {
  name: "Settings of the target group that change in place",
  plan: () => ({
    start: { args: ALL },
    changes: [
      inPlace("`deregistrationDelay`", { deregistrationDelay: 30 }),
      inPlace("`slowStart`", { slowStart: 30 }),
      inPlace("`loadBalancingAlgorithmType`", {
        loadBalancingAlgorithmType: "least_outstanding_requests",
      }),
      inPlace("`loadBalancingAnomalyMitigation`, with its algorithm", {
        loadBalancingAlgorithmType: "weighted_random",
        loadBalancingAnomalyMitigation: "on",
      }),
      inPlace("`loadBalancingCrossZone`", { loadBalancingCrossZone: "true" }),
      inPlace("`targetGroupHealth`", {
        targetGroupHealth: { unhealthyStateRouting: { minimumHealthyTargetsCount: 2 } },
      }),
      inPlace("`stickiness` is turned on", { stickiness: { cookieDuration: 60 } }),
      inPlace("`stickiness` by another cookie", {
        stickiness: { type: "app_cookie", cookieName: "SESSION" },
      }),
      inPlace("`stickiness` is left out", {}),
      inPlace("`healthCheck.path`", { healthCheck: { path: "/health" } }),
      inPlace("`healthCheck.port`", { healthCheck: { port: 8080 } }, "create web-egress-8080-vpc"),
      inPlace(
        "`healthCheck.interval` and `timeout`",
        { healthCheck: { interval: 10, timeout: 4 } },
        "delete web-egress-8080-vpc",
      ),
      inPlace("The thresholds and the `matcher`", {
        healthCheck: { healthyThreshold: 3, unhealthyThreshold: 4, matcher: "200-299" },
      }),
    ],
  }),
};

export const replacements: Sequence = {
  name: "Changes that replace the target group",
  plan: () => {
    const group = (
      targetGroup: LoadBalancedGroupArgs["targetGroup"],
      more: LoadBalancedGroupArgs = ALL,
    ) => ({ args: { ...more, targetGroup } });
    const addresses = { ...BASE, targets: ADDRESSES };
    const calling = (id: string) => ({ ...BASE, targets: { f: { id } } });
    const switched = ["replace web-tg", "update web-http"];
    const admitted = (step: string, port: number) => `${step} web-egress-${port}-vpc`;
    const byAddress = (step: string) =>
      Object.values(ADDRESSES).map(({ id }) => `${step} ${attached(id)}`);
    return {
      start: { args: ALL },
      changes: [
        {
          change: "`targetGroup.port`",
          ...group({ port: 8080 }),
          steps: [
            ...switched,
            ...each("create", 8080),
            ...each("delete", 80),
            admitted("create", 8080),
            admitted("delete", 80),
          ],
        },
        {
          change: "`targetGroup.protocol` and `port`: HTTPS",
          ...group({ protocol: "HTTPS", port: 443 }),
          steps: [
            ...switched,
            ...each("create", 443),
            ...each("delete", 8080),
            admitted("create", 443),
            admitted("delete", 8080),
          ],
        },
        {
          change: "`targetGroup.targetType`: addresses",
          ...group({ targetType: "ip" }, addresses),
          steps: [
            ...switched,
            ...byAddress("create"),
            ...each("delete", 443),
            admitted("create", 80),
            admitted("delete", 443),
          ],
        },
        {
          change: "`targetGroup.targetType`: a Lambda function",
          ...group({ targetType: "lambda" }, calling(API)),
          steps: [
            ...switched,
            "create web-permission-f",
            "create web-attachment-api",
            ...byAddress("delete"),
            admitted("delete", 80),
          ],
        },
        {
          change: "The Lambda function is exchanged for another one",
          ...group({ targetType: "lambda" }, calling(JOBS)),
          steps: [
            ...switched,
            "replace web-permission-f",
            "create web-attachment-jobs",
            "delete web-attachment-api",
          ],
        },
        {
          change: "`targetGroup.targetType`: instances",
          ...group({}),
          steps: [
            ...switched,
            ...each("create", 80),
            admitted("create", 80),
            "delete web-attachment-jobs",
            "delete web-permission-f",
          ],
        },
      ],
    };
  },
};

const named = (name: string, ...aliases: string[]) => {
  const args = { ...ALL, certificateArn: CERTIFICATE, httpsOnly: true };
  const opts = { aliases: aliases.map((former) => ({ name: former })) };
  return {
    args,
    program: () => Promise.resolve(outputsOf(new LoadBalancedGroup(name, args, opts))),
  };
};

const names: Sequence = {
  name: "Names",
  plan: () => ({
    start: named("web"),
    changes: [
      { change: "The component is renamed, with an alias", ...named("shop", "web"), steps: [] },
      {
        change: "The component has a longer name, with an alias",
        ...named("a-name-that-is-far-too-long-for-a-load-balancer-of-aws", "shop"),
        steps: [],
      },
    ],
  }),
};

const loadBalancer: Sequence = {
  name: "The load balancer",
  plan: () => ({
    start: { args: ALL },
    changes: [
      {
        change: "`idleTimeout`, `clientKeepAlive` and other attributes",
        args: {
          ...ALL,
          idleTimeout: 30,
          clientKeepAlive: 600,
          xffHeaderProcessingMode: "preserve",
        },
        steps: ["update web-alb"],
      },
      { change: "The attributes are left out", args: ALL, steps: ["update web-alb"] },
      {
        change: "A zone is added",
        args: { ...ALL, availabilityZones: ["us-west-2a", "us-west-2b", "us-west-2c"] },
        steps: ["update web-alb"],
      },
      { change: "The zone is removed", args: ALL, steps: ["update web-alb"] },
      {
        change: "`ipAddressType`: dualstack",
        args: { ...ALL, ipAddressType: "dualstack" },
        steps: ["update web-alb", "create web-ingress-80---/0"],
      },
      {
        change: "`targetGroup.ipAddressType`: ipv6",
        args: { ...ALL, ipAddressType: "dualstack", targetGroup: { ipAddressType: "ipv6" } },
        steps: [
          "replace web-tg",
          "update web-http",
          ...each("replace", 80),
          "create web-egress-80-vpc-ipv6",
          "delete web-egress-80-vpc",
        ],
      },
      {
        change: "`targetGroup.ipAddressType` is left out",
        args: { ...ALL, ipAddressType: "dualstack" },
        steps: [
          "replace web-tg",
          "update web-http",
          ...each("replace", 80),
          "create web-egress-80-vpc",
          "delete web-egress-80-vpc-ipv6",
        ],
      },
      {
        change: "`ipAddressType` is left out",
        args: ALL,
        steps: ["update web-alb", "delete web-ingress-80---/0"],
      },
      {
        change: "`tags`",
        args: { ...ALL, tags: { team: "web" } },
        steps: ["alb", "egress-80-vpc", "http", "ingress-80-0.0.0.0/0", "sg", "tg"].map(
          (resource) => `update web-${resource}`,
        ),
      },
      {
        change: "`port`",
        args: { ...ALL, port: 81, tags: { team: "web" } },
        steps: [
          "update web-listener-81",
          "create web-ingress-81-0.0.0.0/0",
          "delete web-ingress-80-0.0.0.0/0",
        ],
        loss: {
          why: "The listener moves to the other port, so the URL is another one.",
          source: `${REFERENCE}API_ModifyListener.html`,
          shown: /^update web-listener-81$/,
        },
      },
      {
        change: "`internal` (the load balancer is replaced)",
        args: { ...ALL, port: 81, tags: { team: "web" }, internal: true },
        steps: [
          "replace web-alb",
          "replace web-tg",
          "replace web-listener-81",
          ...each("replace", 80),
          "create web-ingress-81-vpc",
          "delete web-ingress-81-0.0.0.0/0",
        ],
        loss: {
          why:
            "AWS can't change the scheme of a load balancer. The new one has another DNS name, and serves before " +
            "the old one is deleted. With `domain`, clients with the old address fail until they look it up again.",
          source: `${REFERENCE}API_CreateLoadBalancer.html`,
          shown: /^replace web-alb$/,
        },
      },
    ],
  }),
};

const encrypted = (more: LoadBalancedGroupArgs = {}): LoadBalancedGroupArgs => ({
  ...ALL,
  certificateArn: CERTIFICATE,
  ...more,
});

const ADDED = `web-listener-certificate-${OTHER_CERTIFICATE.split("/")[1]}`;

export const https: Sequence = {
  name: "HTTPS",
  plan: () => ({
    start: { args: ALL },
    changes: [
      {
        change: "HTTP → HTTPS with a redirect",
        args: encrypted(),
        steps: ["create web-https", "update web-http", "create web-ingress-443-0.0.0.0/0"],
      },
      {
        change: "A certificate is added",
        args: encrypted({ additionalCertificateArns: { shop: OTHER_CERTIFICATE } }),
        steps: [`create ${ADDED}`],
      },
      {
        change: "The key of a certificate is renamed",
        args: encrypted({ additionalCertificateArns: { other: OTHER_CERTIFICATE } }),
        steps: [],
      },
      {
        change: "The certificate is exchanged for the added one",
        args: encrypted({ certificateArn: OTHER_CERTIFICATE }),
        steps: ["update web-https", `delete ${ADDED}`],
      },
      {
        change: "`sslPolicy`",
        args: encrypted({ sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
        steps: ["update web-https"],
      },
      {
        change: "HTTPS with a redirect → HTTPS only",
        args: encrypted({ httpsOnly: true }),
        steps: ["update web-https", "delete web-http", "delete web-ingress-80-0.0.0.0/0"],
      },
      {
        change: "HTTPS only → HTTPS with a redirect",
        args: encrypted(),
        steps: ["create web-http", "create web-ingress-80-0.0.0.0/0"],
      },
      {
        change: "HTTPS with a redirect → HTTP",
        args: ALL,
        clients: "http",
        steps: ["update web-http", "delete web-https", "delete web-ingress-443-0.0.0.0/0"],
      },
      {
        change: "HTTP → HTTPS only, clients of HTTP",
        args: encrypted({ httpsOnly: true }),
        steps: [
          "create web-https",
          "create web-ingress-443-0.0.0.0/0",
          "delete web-http",
          "delete web-ingress-80-0.0.0.0/0",
        ],
        loss: {
          why: "Nothing listens on port 80 any more. Keep the redirect until no client uses HTTP.",
          source: `${REFERENCE}API_DeleteListener.html`,
          shown: /^delete web-http$/,
        },
      },
      {
        change: "HTTPS only → HTTP, clients of HTTPS",
        args: ALL,
        steps: [
          "create web-http",
          "create web-ingress-80-0.0.0.0/0",
          "delete web-https",
          "delete web-ingress-443-0.0.0.0/0",
        ],
        loss: {
          why: "Nothing listens on port 443 any more.",
          source: `${REFERENCE}API_DeleteListener.html`,
          shown: /traffic to this load balancer is not encrypted/,
        },
      },
    ],
  }),
};

const listening = (listeners: Record<string, ListenerArgs>, more: LoadBalancedGroupArgs = {}) =>
  encrypted({ listeners, ...more });
const testing: ListenerArgs = { port: 444, protocol: "HTTPS" };
const plain: ListenerArgs = { port: 80, protocol: "HTTP" };

const listeners: Sequence = {
  name: "Further listeners",
  plan: () => ({
    start: { args: encrypted() },
    changes: [
      {
        change: "A listener is added",
        args: listening({ test: testing }),
        steps: ["create web-listener-444", "create web-ingress-444-0.0.0.0/0"],
      },
      { change: "Its key is renamed", args: listening({ other: testing }), steps: [] },
      {
        change: "Its port is another one",
        args: listening({ test: { ...testing, port: 445 } }),
        steps: [
          "create web-listener-445",
          "create web-ingress-445-0.0.0.0/0",
          "delete web-listener-444",
          "delete web-ingress-444-0.0.0.0/0",
        ],
      },
      {
        change: "HTTP serves beside HTTPS, instead of a redirect",
        args: listening({ plain }),
        clients: "http",
        steps: ["update web-http", "delete web-listener-445", "delete web-ingress-445-0.0.0.0/0"],
      },
      {
        change: "HTTP is redirected again",
        args: encrypted(),
        steps: ["update web-http"],
      },
      {
        change: "The status of the redirect",
        args: encrypted({ redirectStatusCode: "HTTP_302" }),
        steps: ["update web-http"],
      },
      {
        change: "`httpsPort`, clients of HTTP",
        args: encrypted({ httpsPort: 444 }),
        clients: "http",
        steps: [
          "create web-listener-444",
          "update web-http",
          "create web-ingress-444-0.0.0.0/0",
          "delete web-https",
          "delete web-ingress-443-0.0.0.0/0",
        ],
      },
    ],
  }),
};

const ruled = (rules: Record<string, RuleArgs>, api: object = {}): LoadBalancedGroupArgs => ({
  ...serving(FIRST, SECOND),
  targetGroups: { api: { instanceIds: [THIRD], ...api } },
  forward: { weights: { default: 1, api: 0 } },
  rules,
});
const toApi: RuleArgs = { pathPatterns: ["/api/*"], targetGroup: "api" };
const others: RuleArgs = { pathPatterns: ["/other/*"], targetGroup: "api" };
const ON_8080 = { port: 8080 };
const routes = { "/api/x": ["api"], "/other/x": ["default"] };

const rules: Sequence = {
  name: "Rules",
  plan: () => ({
    start: { args: ruled({}) },
    changes: [
      {
        change: "A rule is added",
        args: ruled({ api: toApi }),
        routes,
        steps: ["create web-rule-api"],
      },
      {
        change: "Its conditions change",
        args: ruled({ api: { ...toApi, httpRequestMethods: ["POST"] } }),
        routes,
        steps: ["update web-rule-api"],
      },
      {
        change: "The target group behind it is replaced",
        args: ruled({ api: { ...toApi, httpRequestMethods: ["POST"] } }, ON_8080),
        routes,
        steps: [
          "replace web-tg-api",
          "update web-http",
          "update web-rule-api",
          `create web-attachment-api-${THIRD}:8080`,
          `delete web-attachment-api-${THIRD}:80`,
          "create web-egress-8080-vpc",
        ],
      },
      {
        change: "Its action changes",
        args: ruled({ api: { ...toApi, targetGroup: "default" } }, ON_8080),
        routes: { ...routes, "/api/x": ["default"] },
        steps: ["update web-rule-api"],
      },
      {
        change: "It gets a priority of its own",
        args: ruled({ api: { ...toApi, priority: 5 } }, ON_8080),
        routes,
        steps: ["update web-priority-5"],
      },
      {
        change: "Its priority is another one",
        args: ruled({ api: { ...toApi, priority: 6 } }, ON_8080),
        routes,
        steps: ["create web-priority-6", "delete web-priority-5"],
      },
      {
        change: "Its key is renamed",
        args: ruled({ renamed: { ...toApi, priority: 6 } }, ON_8080),
        routes,
        steps: [],
      },
      {
        change: "A rule is added before it",
        args: ruled(
          { renamed: { ...toApi, priority: 6 }, others: { ...others, priority: 5 } },
          ON_8080,
        ),
        routes: { ...routes, "/other/x": ["api"] },
        steps: ["create web-priority-5"],
      },
      {
        change: "The two rules exchange their priorities",
        args: ruled(
          { renamed: { ...toApi, priority: 5 }, others: { ...others, priority: 6 } },
          ON_8080,
        ),
        routes: { ...routes, "/other/x": ["api"] },
        steps: ["update web-priority-5", "update web-priority-6"],
        loss: {
          why:
            "The AWS provider changes one rule after the other, so one of them is missing for a moment. Give the " +
            "rule that should come later a priority that no rule has.",
          source:
            "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/listener_rule.go",
          shown: /^update web-priority-5$/,
        },
      },
      {
        change: "Both rules are removed",
        args: ruled({}, ON_8080),
        routes: { ...routes, "/api/x": ["default"] },
        steps: ["delete web-priority-5", "delete web-priority-6"],
      },
    ],
  }),
};

const shared = (blue: number, green: number, more: object = {}): LoadBalancedGroupArgs => ({
  ...BASE,
  targetGroups: {
    blue: { instanceIds: [FIRST, SECOND] },
    green: { instanceIds: [THIRD], ...more },
  },
  forward: { weights: { blue, green } },
});

const blueAlone: LoadBalancedGroupArgs = {
  ...BASE,
  targetGroups: { blue: { instanceIds: [FIRST, SECOND] } },
  forward: { weights: { blue: 1 } },
};

const green = (port: number) => `web-attachment-green-${THIRD}:${port}`;

const weights: Sequence = {
  name: "Blue/green",
  plan: () => ({
    start: { args: blueAlone },
    changes: [
      {
        change: "Green is added with the weight 0",
        args: shared(1, 0),
        steps: ["create web-tg-green", `create ${green(80)}`, "update web-http"],
      },
      { change: "Green gets a tenth", args: shared(9, 1), steps: ["update web-http"] },
      { change: "Green gets all", args: shared(0, 1), steps: ["update web-http"] },
      {
        change: "Green is replaced while it serves",
        args: shared(0, 1, ON_8080),
        steps: [
          "replace web-tg-green",
          "update web-http",
          `create ${green(8080)}`,
          `delete ${green(80)}`,
          "create web-egress-8080-vpc",
        ],
      },
      {
        change: "Blue gets all again",
        args: shared(1, 0, ON_8080),
        steps: ["update web-http"],
      },
      {
        change: "Green is removed",
        args: blueAlone,
        steps: [
          "update web-http",
          "delete web-tg-green",
          `delete ${green(8080)}`,
          "delete web-egress-8080-vpc",
        ],
      },
    ],
  }),
};

const guarded = (securityGroupIds?: string[]): LoadBalancedGroupArgs => ({
  ...ALL,
  targetSecurityGroupIds: [SERVERS_GROUP],
  ...(securityGroupIds && { securityGroupIds }),
});

const OWN_GROUP = ["web-sg", "web-ingress-80-0.0.0.0/0", `web-egress-80-${SERVERS_GROUP}`];
const ADMISSION = `replace web-target-ingress-80-${SERVERS_GROUP}`;

const securityGroups: Sequence = {
  name: "Security groups",
  plan: () => ({
    start: { args: guarded() },
    changes: [
      {
        change: "The group's own → a given one",
        args: guarded([GIVEN_GROUP]),
        steps: ["update web-alb", ADMISSION, ...OWN_GROUP.map((one) => `delete ${one}`)],
      },
      {
        change: "A second one is given",
        args: guarded([GIVEN_GROUP, SERVERS_GROUP]),
        steps: ["update web-alb"],
      },
      {
        change: "Given ones → the group's own",
        args: guarded(),
        steps: ["update web-alb", ADMISSION, ...OWN_GROUP.map((one) => `create ${one}`)],
      },
      {
        change: "`ingressCidrBlocks`",
        args: { ...guarded(), ingressCidrBlocks: ["192.0.2.0/24", "198.51.100.0/24"] },
        steps: [
          "create web-ingress-80-192.0.2.0/24",
          "create web-ingress-80-198.51.100.0/24",
          "delete web-ingress-80-0.0.0.0/0",
        ],
      },
    ],
  }),
};

const checks: Sequence = {
  name: "Checks",
  plan: () => ({
    start: { args: ALL },
    changes: (["warn", "off", "enforce"] as const).map((preflight) => ({
      change: `\`preflight\`: ${preflight}`,
      args: { ...ALL, preflight },
      steps: [],
    })),
  }),
};

const adoption: Sequence = {
  name: "Resources that exist",
  plan: async (stage) => {
    const adopt = await tutorialInConsole(stage.emulator);
    const adopted = { ...ALL, adopt };
    return {
      start: { args: ALL, isThere: true },
      changes: [
        {
          change: "`adopt`",
          args: adopted,
          steps: [
            "create web",
            "import web-alb",
            "import web-tg",
            "import web-http",
            // Their registrations are AWS's already, and only Pulumi does not know them.
            ...each("create", 80),
            "update web-alb",
          ],
        },
        {
          change: "`adopt` is left out again",
          args: { ...ALL, securityGroupIds: [SERVERS_GROUP] },
          steps: [],
        },
      ],
    };
  },
};

const upgrade: Sequence = {
  name: "An upgrade",
  plan: () => ({
    start: { args: FORMER_GROUPS.web, program: formerProgram(["web"]) },
    changes: [
      {
        change: "The state of version 0.1 → the present version",
        args: FORMER_GROUPS.web,
        steps: [],
      },
    ],
  }),
};

const operations: Sequence = {
  name: "Operations",
  plan: () => {
    const failing: LoadBalancedGroupArgs = { ...ALL, targetGroup: { port: 8080 } };
    return {
      start: { args: ALL },
      changes: [
        { change: "`pulumi refresh`", args: ALL, steps: [], run: (stage) => stage.refresh() },
        {
          change: "An update that fails half-way is rolled back",
          args: ALL,
          between: { args: failing },
          // The failed update has made the new target group, and the old one waits for its deletion.
          steps: [
            "replace web-tg",
            "update web-http",
            ...each("replace", 80),
            ...each("delete", 8080),
            "delete web-egress-8080-vpc",
          ],
          run: async (stage, program) => {
            const fault = { kind: "error", code: "AccessDenied", message: "no" } as const;
            stage.emulator.faults.add({ call: "ModifyListener", fault });
            const failure = await stage.up(groupOf(failing)).then(
              () => undefined,
              (error: unknown) => error,
            );
            if (failure === undefined) throw new Error("the update did not fail");
            return stage.up(program);
          },
        },
      ],
    };
  },
};

export const SEQUENCES: readonly Sequence[] = [
  servers,
  keys,
  autoScaling,
  settings,
  replacements,
  names,
  loadBalancer,
  https,
  listeners,
  rules,
  weights,
  securityGroups,
  checks,
  adoption,
  upgrade,
  operations,
];
