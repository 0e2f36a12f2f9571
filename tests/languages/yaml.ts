import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Terminal } from "../support/terminal";
import { WITHOUT_TRANSFORMS, EXAMPLES, type Language, type Program } from "./language";

const ZONES = ["us-west-2a", "us-west-2b"];
const [FIRST, SECOND] = [1, 2].map((number) => `i-0a1b2c3d4e5f6000${number}`);
const CERTIFICATE =
  "arn:aws:acm:us-west-2:123456789012:certificate/0e57a11c-0000-4000-8000-000000000001";

const secret = (value: string) => ({ "fn::secret": value });

function group(properties: object, others = {}) {
  return {
    resources: {
      ...others,
      web: {
        type: "load-balanced-group:index:LoadBalancedGroup",
        properties: { availabilityZones: ZONES, instanceIds: [FIRST], ...properties },
      },
    },
  };
}

const PROGRAMS: Readonly<Partial<Record<Program, object>>> = {
  httpsOnly: group({ certificateArn: CERTIFICATE, httpsOnly: true }),
  logs: group({ accessLogs: { prefix: "web" } }),
  rules: group({
    preflight: "warn",
    desyncMitigationMode: "strictest",
    ipAddressType: "ipv4",
    targetGroups: { api: { targets: { one: { id: SECOND } } } },
    rules: {
      api: { pathPatterns: ["/api/*"], targetGroup: "api" },
      old: { pathPatterns: ["/old"], redirect: { statusCode: "HTTP_301", path: "/new" } },
      gone: {
        pathPatterns: ["/gone"],
        fixedResponse: { statusCode: 410, contentType: "text/html", messageBody: "gone" },
      },
    },
  }),
  service: {
    resources: {
      front: {
        type: "load-balanced-group:index:LoadBalancedGroup",
        properties: {
          availabilityZones: ZONES,
          defaultAction: { fixedResponse: { statusCode: 404 } },
        },
      },
      orders: {
        type: "load-balanced-group:index:LoadBalancedService",
        properties: {
          listenerArn: '${front.listenerArns["http"]}',
          rules: { main: { pathPatterns: ["/orders"], targetGroup: "default" } },
          instanceIds: [FIRST],
        },
      },
    },
  },
  secret: group({
    tags: { owner: secret("TOP-SECRET-TAG") },
    targetGroup: { healthCheck: { path: secret("/TOP-SECRET-PATH") } },
    certificateArn: CERTIFICATE,
    rules: {
      login: {
        pathPatterns: ["/admin"],
        targetGroup: "default",
        authenticateOidc: {
          issuer: "https://login.example.com",
          authorizationEndpoint: "https://login.example.com/authorize",
          tokenEndpoint: "https://login.example.com/token",
          userInfoEndpoint: "https://login.example.com/user",
          clientId: "web",
          clientSecret: secret("TOP-SECRET-OF-CLIENT"),
        },
      },
    },
  }),
  unknown: group(
    { targets: { second: { id: "${firewall.id}" } }, securityGroupIds: ["${firewall.id}"] },
    { firewall: { type: "aws:ec2:SecurityGroup", properties: { description: "of the program" } } },
  ),
  wrong: group({
    availabilityZones: ["us-west-2a"],
    instanceIds: ["web-1"],
    port: 0,
    ingressCidrBlocks: ["everyone"],
    targets: { one: { id: SECOND, port: 99999 } },
    targetGroup: { deregistrationDelay: 4000, healthCheck: { interval: 4 } },
    accessLogs: { bucket: "AN ARN" },
    idleTimeout: 0,
    desyncMitigationMode: "strict",
  }),
};

/** YAML by its language host, which asks the plugin for its schema. */
export const YAML: Language = {
  name: "YAML",
  programs: WITHOUT_TRANSFORMS,
  missing: () => "",
  install: (terminal: Terminal) =>
    Promise.resolve(async (operation, program) => {
      await writeFile(path.join(terminal.program, "Pulumi.yaml"), await textOf(program));
      await terminal.pulumi("stack", "select", "--create", program);
      await terminal.pulumi("config", "set", "aws:region", terminal.emulator.ec2.region);
      const options = operation === "preview" ? [] : ["--yes", "--skip-preview"];
      return terminal.pulumi(operation, ...options);
    }),
};

async function textOf(program: Program): Promise<string> {
  if (program !== "tutorial") {
    return JSON.stringify({ name: "consumer", runtime: "yaml", ...PROGRAMS[program] });
  }
  const example = await readFile(path.join(EXAMPLES, "yaml", "Pulumi.yaml"), "utf8");
  // The plugin is installed, and does not have to be found in the checkout.
  return example.replace(/^packages:\n( .*\n)*/m, "");
}
