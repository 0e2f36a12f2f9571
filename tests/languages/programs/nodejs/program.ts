// Runs one of the programs by the Automation API: `program <operation> <program>`.
import { LocalWorkspace, type PulumiFn } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
import {
  DesyncMitigationMode,
  LoadBalancedGroup,
  LoadBalancedService,
  Preflight,
  RedirectStatusCode,
  type LoadBalancedGroupArgs,
} from "load-balanced-group";

const availabilityZones = ["us-west-2a", "us-west-2b"];
const FIRST = "i-0a1b2c3d4e5f60001";
const SECOND = "i-0a1b2c3d4e5f60002";
const CERTIFICATE =
  "arn:aws:acm:us-west-2:123456789012:certificate/0e57a11c-0000-4000-8000-000000000001";

/** A security group, whose id is not known before it is made. */
class Firewall extends pulumi.CustomResource {
  constructor(name: string) {
    super("aws:ec2/securityGroup:SecurityGroup", name, { description: "of the program" });
  }
}

function group(args: LoadBalancedGroupArgs, opts?: pulumi.ComponentResourceOptions): PulumiFn {
  return () => {
    new LoadBalancedGroup("web", args, opts);
    return Promise.resolve();
  };
}

const PROGRAMS: Record<string, PulumiFn> = {
  tutorial: () => import("./example"),
  httpsOnly: group({
    availabilityZones,
    instanceIds: [FIRST],
    certificateArn: CERTIFICATE,
    httpsOnly: true,
  }),
  logs: group({ availabilityZones, instanceIds: [FIRST], accessLogs: { prefix: "web" } }),
  transforms: group(
    { availabilityZones, instanceIds: [FIRST] },
    {
      transforms: [
        ({ name, props, opts }) =>
          name === "web-http"
            ? { props: { ...props, tags: { "cost-center": "42" } }, opts }
            : undefined,
      ],
    },
  ),
  rules: group({
    availabilityZones,
    instanceIds: [FIRST],
    preflight: Preflight.Warn,
    // A choice may be written as its member or as its text.
    desyncMitigationMode: DesyncMitigationMode.Strictest,
    ipAddressType: "ipv4",
    targetGroups: { api: { targets: { one: { id: SECOND } } } },
    rules: {
      api: { pathPatterns: ["/api/*"], targetGroup: "api" },
      old: {
        pathPatterns: ["/old"],
        redirect: { statusCode: RedirectStatusCode.Http301, path: "/new" },
      },
      gone: {
        pathPatterns: ["/gone"],
        fixedResponse: { statusCode: 410, contentType: "text/html", messageBody: "gone" },
      },
    },
  }),
  service: () => {
    const front = new LoadBalancedGroup("front", {
      availabilityZones,
      defaultAction: { fixedResponse: { statusCode: 404 } },
    });
    new LoadBalancedService("orders", {
      listenerArn: front.listenerArns.apply(({ http }) => http),
      rules: { main: { pathPatterns: ["/orders"], targetGroup: "default" } },
      instanceIds: [FIRST],
    });
    return Promise.resolve();
  },
  secret: group({
    availabilityZones,
    instanceIds: [FIRST],
    tags: { owner: pulumi.secret("TOP-SECRET-TAG") },
    targetGroup: { healthCheck: { path: pulumi.secret("/TOP-SECRET-PATH") } },
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
          clientSecret: pulumi.secret("TOP-SECRET-OF-CLIENT"),
        },
      },
    },
  }),
  unknown: () => {
    const firewall = new Firewall("firewall");
    return group({
      availabilityZones,
      instanceIds: [FIRST],
      targets: { second: { id: firewall.id } },
      securityGroupIds: [firewall.id],
    })();
  },
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

async function main(operation: string, name: string): Promise<void> {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: "consumer", program: PROGRAMS[name] },
    { workDir: process.cwd() },
  );
  await stack.setConfig("aws:region", { value: "us-west-2" });
  const options = { onOutput: (text: string) => process.stdout.write(text) };
  if (operation === "preview") await stack.preview(options);
  else if (operation === "up") await stack.up(options);
  else await stack.destroy(options);
}

void main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
