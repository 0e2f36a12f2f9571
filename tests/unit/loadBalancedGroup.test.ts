import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { ACCOUNT, answersOf } from "../support/account";
import { CERTIFICATE, EVERYTHING, LOGS_OFF, TUTORIAL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { record, UNKNOWN, type Recording } from "../support/recorder";

const GROUP = "load-balanced-group:index:LoadBalancedGroup";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const LISTENER = "aws:lb/listener:Listener";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const made = ({ registrations }: Recording) =>
  registrations.map(({ type, name }) => `${name} ${type}`).sort();
const names = ({ registrations }: Recording) => registrations.map(({ name }) => name).sort();

/** The mock runtime shows what is asked of AWS's provider; only an engine shows that it is accepted. */
describe("LoadBalancedGroup", () => {
  describe("the tutorial", () => {
    it("makes a load balancer, a target group, the registrations and a listener", async () => {
      const recording = await recordGroup(TUTORIAL);

      assert.deepEqual(recording.failures, []);
      assert.deepEqual(made(recording), [
        `web ${GROUP}`,
        `web-alb ${BALANCER}`,
        `web-attachment-i-1:80 ${ATTACHMENT}`,
        `web-attachment-i-2:80 ${ATTACHMENT}`,
        `web-http ${LISTENER}`,
        `web-tg ${TARGET_GROUP}`,
      ]);
    });

    it("gives every child the group as parent, and the group none", async () => {
      const { registrations, failures } = await recordGroup(EVERYTHING);
      assert.deepEqual(failures, []);
      assert.ok(registrations.length >= 25, String(registrations.length));
      for (const { name, parent } of registrations) {
        assert.equal(parent, name === "web" ? undefined : "web", name);
      }
    });

    it("spans the subnets of the zones, with AWS's safe settings", async () => {
      const { inputs } = (await recordGroup(TUTORIAL)).find("web-alb");

      assert.deepEqual(inputs, {
        clientKeepAlive: 3600,
        desyncMitigationMode: "defensive",
        dropInvalidHeaderFields: true,
        enableDeletionProtection: false,
        enableHttp2: true,
        enableTlsVersionAndCipherSuiteHeaders: false,
        enableWafFailOpen: false,
        enableXffClientPort: false,
        enableZonalShift: false,
        ...LOGS_OFF,
        idleTimeout: 60,
        preserveHostHeader: false,
        xffHeaderProcessingMode: "append",
        internal: false,
        ipAddressType: "ipv4",
        loadBalancerType: "application",
        securityGroups: ["sg-1"],
        subnets: ["subnet-a", "subnet-b"],
      });
    });

    it("checks health by 2, 2, 2, 5 on the path /", async () => {
      const { inputs } = (await recordGroup(TUTORIAL)).find("web-tg");

      assert.deepEqual(inputs, {
        deregistrationDelay: 300,
        healthCheck: {
          healthyThreshold: 2,
          interval: 5,
          matcher: "200",
          path: "/",
          port: "traffic-port",
          protocol: "HTTP",
          timeout: 2,
          unhealthyThreshold: 2,
        },
        ipAddressType: "ipv4",
        loadBalancingAlgorithmType: "round_robin",
        loadBalancingAnomalyMitigation: "off",
        loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
        port: 80,
        protocol: "HTTP",
        protocolVersion: "HTTP1",
        slowStart: 0,
        stickiness: { cookieDuration: 86400, enabled: false, type: "lb_cookie" },
        targetGroupHealth: {
          dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
          unhealthyStateRouting: {
            minimumHealthyTargetsCount: 1,
            minimumHealthyTargetsPercentage: "off",
          },
        },
        targetType: "instance",
        vpcId: "vpc-default",
      });
    });

    it("registers each instance, and forwards port 80 to them", async () => {
      const { find } = await recordGroup(TUTORIAL);

      assert.deepEqual(find("web-attachment-i-1:80").inputs, {
        targetGroupArn: "arn:web-tg",
        targetId: "i-1",
      });
      assert.deepEqual(find("web-http").inputs, {
        defaultActions: [{ targetGroupArn: "arn:web-tg", type: "forward" }],
        loadBalancerArn: "arn:web-alb",
        port: 80,
        protocol: "HTTP",
        routingHttpResponseServerEnabled: true,
      });
    });

    it("makes the same without servers", async () => {
      const recording = await recordGroup({ ...TUTORIAL, instanceIds: [] });
      assert.deepEqual(names(recording), ["web", "web-alb", "web-http", "web-tg"]);
    });
  });

  describe("order", () => {
    for (const listener of ["web-http", "web-https"]) {
      it(`lets ${listener} wait for every registration and every security group rule`, async () => {
        const { find, registrations } = await recordGroup({
          ...ZONES,
          instanceIds: ["i-1", "i-2"],
          targetSecurityGroupIds: ["sg-t"],
          certificateArn: listener === "web-https" ? CERTIFICATE : undefined,
        });

        const namesOf = (...types: string[]) =>
          registrations.filter(({ type }) => types.includes(type)).map(({ name }) => name);
        const registered = namesOf(ATTACHMENT);
        const rules = namesOf(INGRESS, EGRESS);
        assert.equal(registered.length, 2);
        assert.equal(rules.length, listener === "web-https" ? 4 : 3);
        assert.deepEqual(find(listener).dependencies, [...registered, "web-alb", "web-tg"].sort());
        const { dependencies } = find("web-alb");
        for (const rule of rules) assert.ok(dependencies.includes(rule), rule);
      });
    }

    it("redirects clients to HTTPS only when it serves", async () => {
      const { find } = await recordGroup({ ...TUTORIAL, certificateArn: CERTIFICATE });
      assert.ok(find("web-http").dependencies.includes("web-https"));
    });

    it("replaces the target group along with the load balancer, and nothing else", async () => {
      const { registrations } = await recordGroup({ ...ZONES, instanceIds: ["i-1"] });
      for (const { name, replaceWith } of registrations) {
        assert.deepEqual(replaceWith, name === "web-tg" ? ["web-alb"] : [], name);
      }
    });
  });

  describe("names", () => {
    const sorted = ({ registrations }: Recording) =>
      [...registrations].sort((one, other) => one.name.localeCompare(other.name));

    it("registers the same in any order of servers, zones and groups", async () => {
      const targets = { a: { id: "i-3" }, b: { id: "i-1", port: 81 } };
      const answer = answersOf({
        ...ACCOUNT,
        instances: { ...ACCOUNT.instances, "i-3": { zone: "us-west-2a" } },
      });
      const one = await recordGroup(
        {
          ...ZONES,
          instanceIds: ["i-1", "i-2"],
          targets,
          ingressCidrBlocks: ["10.0.0.0/8", "192.168.0.0/16"],
          targetSecurityGroupIds: ["sg-1", "sg-2"],
        },
        { answer },
      );
      const other = await recordGroup(
        {
          ...ZONES,
          instanceIds: ["i-2", "i-1"],
          targets: Object.fromEntries(Object.entries(targets).reverse()),
          ingressCidrBlocks: ["192.168.0.0/16", "10.0.0.0/8"],
          targetSecurityGroupIds: ["sg-2", "sg-1"],
        },
        { answer },
      );

      assert.deepEqual(one.failures, []);
      assert.deepEqual(sorted(one), sorted(other));
    });

    it("takes one registration away with one server, and touches no other", async () => {
      const before = await recordGroup(TUTORIAL);
      const after = await recordGroup({ ...TUTORIAL, instanceIds: ["i-2"] });

      const gone = names(before).filter((name) => !names(after).includes(name));
      assert.deepEqual(gone, ["web-attachment-i-1:80"]);
      assert.deepEqual(before.find("web-attachment-i-2:80"), after.find("web-attachment-i-2:80"));
    });

    it("names targets by their IDs, with a port and a zone of their own", async () => {
      const { find } = await recordGroup({
        ...ZONES,
        targetGroup: { targetType: "ip" },
        targets: { "blue 1": { id: "10.0.0.5", port: 8080, availabilityZone: "all" } },
      });

      assert.deepEqual(find("web-attachment-10.0.0.5:8080").inputs, {
        availabilityZone: "all",
        port: 8080,
        targetGroupArn: "arn:web-tg",
        targetId: "10.0.0.5",
      });
    });

    it("takes any key for a target, and still names each rule once", async () => {
      const targets = Object.fromEntries(
        ["vpc", "__proto__", "constructor"].map((key, index) => [
          key,
          { id: `10.0.0.${index}`, availabilityZone: "all" },
        ]),
      );
      const recording = await recordGroup({ ...ZONES, targetGroup: { targetType: "ip" }, targets });

      assert.deepEqual(recording.failures, []);
      assert.deepEqual(names(recording), [...new Set(names(recording))]);
      assert.equal(recording.registrations.filter(({ type }) => type === ATTACHMENT).length, 3);
      assert.equal(recording.registrations.filter(({ type }) => type === EGRESS).length, 4);
    });

    it("starts every child's name with the group's", async () => {
      const { registrations } = await recordGroup({ ...ZONES, instanceIds: ["i-1"] });
      for (const { name } of registrations) assert.ok(name.startsWith("web"), name);
    });

    it("makes two groups in one stack without a name twice", async () => {
      const recording = await record(() => {
        new LoadBalancedGroup("one", { ...ZONES, instanceIds: ["i-1"] });
        new LoadBalancedGroup("two", { ...ZONES, instanceIds: ["i-1"] });
      });

      assert.deepEqual(recording.failures, []);
      assert.equal(names(recording).length, 16);
      assert.deepEqual(names(recording), [...new Set(names(recording))].sort());
    });

    for (const name of ["a".repeat(200), "internal-shop", "日本", "sg-shop", "my_shop.v2"]) {
      it(`gives AWS names it takes for ${name}`, async () => {
        const { find, failures } = await recordGroup(ZONES, { name });

        assert.deepEqual(failures, []);
        for (const role of ["alb", "tg"]) {
          const { namePrefix = name } = find(`${name}-${role}`).inputs;
          assert.match(String(namePrefix), /^[A-Za-z0-9][A-Za-z0-9-]{0,15}$/);
          assert.doesNotMatch(String(namePrefix), /^internal-/);
        }
        const { namePrefix = name } = find(`${name}-sg`).inputs;
        assert.match(String(namePrefix), /^(?!sg-)[\x20-\x7e]{1,200}$/);
      });
    }
  });

  describe("HTTPS", () => {
    const encrypted = () => recordGroup({ ...TUTORIAL, certificateArn: CERTIFICATE });

    it("serves on 443 with the policy that AWS recommends", async () => {
      assert.deepEqual((await encrypted()).find("web-https").inputs, {
        certificateArn: CERTIFICATE,
        defaultActions: [{ targetGroupArn: "arn:web-tg", type: "forward" }],
        loadBalancerArn: "arn:web-alb",
        mutualAuthentication: { mode: "off" },
        port: 443,
        protocol: "HTTPS",
        routingHttpResponseServerEnabled: true,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      });
    });

    it("redirects from the HTTP port for good", async () => {
      const redirect = { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" };
      const { inputs } = (await encrypted()).find("web-http");
      assert.deepEqual(inputs.defaultActions, [{ redirect, type: "redirect" }]);
      assert.equal(inputs.port, 80);
    });

    it("warns once where there is no certificate, and only there", async () => {
      const plain = await recordGroup(TUTORIAL);
      assert.deepEqual(plain.warnings, [
        "traffic to this load balancer is not encrypted; set certificateArn or domain for HTTPS",
      ]);
      assert.deepEqual((await encrypted()).warnings, []);
    });

    it("takes a certificate that is not known yet", async () => {
      const certificateArn = pulumi.output(Promise.resolve(CERTIFICATE));
      const { find } = await recordGroup({ ...TUTORIAL, certificateArn });
      assert.equal(find("web-https").inputs.certificateArn, CERTIFICATE);
    });
  });

  describe("preview", () => {
    it("shows every resource of the update, though nothing of it is known yet", async () => {
      const unknown = () => pulumi.output(pulumi.unknown as unknown as string);
      const args = () => ({
        subnetIds: [unknown(), unknown()],
        vpcId: unknown(),
        targets: { a: { id: unknown() }, b: { id: unknown() } },
        targetSecurityGroupIds: ["sg-t"],
        certificateArn: unknown(),
        targetGroup: { healthCheck: { path: unknown() } },
        tags: { environment: unknown() },
      });
      const preview = await recordGroup(args(), { preview: true });
      const update = await recordGroup({
        ...args(),
        subnetIds: ["subnet-a", "subnet-b"],
        vpcId: "vpc-default",
        targets: { a: { id: "i-1" }, b: { id: "i-2" } },
        certificateArn: CERTIFICATE,
        targetGroup: {},
        tags: {},
      });

      assert.deepEqual(preview.failures, []);
      const asKeys = made(update).map((one) =>
        one.replace("i-1:80", "a:80").replace("i-2:80", "b:80"),
      );
      assert.deepEqual(made(preview), asKeys);
      assert.deepEqual(preview.find("web-attachment-a:80").inputs.targetId, UNKNOWN);
      assert.deepEqual(preview.find("web-alb").inputs.subnets, UNKNOWN);
    });
  });
});
