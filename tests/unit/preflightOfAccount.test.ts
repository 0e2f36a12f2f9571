import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KeyAlgorithm, type LoadBalancedGroupArgs } from "../../components/args";
import { usagesOf, quotaProblems } from "../../components/preflight/quotas";
import { ruleCounts } from "../../components/securityGroups/ruleCounts";
import { ACCOUNT, answersOf, type Account } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";

const BASE = { ...ZONES, certificateArn: CERTIFICATE };
const UNTOLD = pulumi.output(pulumi.unknown as unknown as string);

const reasonsIn = async (account: Partial<Account>, args: object, preview = false) => {
  const answer = answersOf({ ...ACCOUNT, ...account });
  const { failures, invocations, warnings } = await recordGroup(
    { ...BASE, ...args },
    { answer, preview },
  );
  return { reasons: failures.flatMap(reasonsOf), invocations, warnings };
};

describe("the checks before a deployment", () => {
  describe("of security groups", () => {
    const securityGroups = { ...ACCOUNT.securityGroups, "sg-x": { vpcId: "vpc-other" } };
    const missing = (path: string) =>
      `${path}: there is no sg-q in this account and region; check the ID, the credentials and ` +
      "aws:region";
    const misplaced = (path: string) =>
      `${path}: sg-x is in vpc-other, but the load balancer is in vpc-default; use a security group in vpc-default, ` +
      "or ignore this warning if sg-x is associated with vpc-default; to see its associations, run: aws ec2 " +
      "describe-security-group-vpc-associations --filters Name=group-id,Values=sg-x --region us-west-2";

    it("warn at preview of those of another VPC, which may be associated with the group's", async () => {
      const args = {
        securityGroupIds: ["sg-1", "sg-x"],
        targetSecurityGroupIds: ["sg-t", "sg-x"],
      };
      const { reasons, warnings } = await reasonsIn({ securityGroups }, args, true);
      assert.deepEqual(reasons, []);
      assert.deepEqual(
        warnings.filter((one) => one.includes("sg-x is in")),
        [misplaced("securityGroupIds[1]"), misplaced("targetSecurityGroupIds[1]")],
      );
    });

    it("find those that do not exist, in one call", async () => {
      const args = {
        securityGroupIds: ["sg-1", "sg-q", "sg-x"],
        targetSecurityGroupIds: ["sg-q", "sg-t", "sg-x"],
      };
      const { reasons, invocations } = await reasonsIn({ securityGroups }, args);
      assert.deepEqual(reasons, [
        missing("securityGroupIds[1]"),
        missing("targetSecurityGroupIds[0]"),
      ]);
      const calls = invocations.filter(({ token }) => token.endsWith(":getSecurityGroups"));
      assert.equal(calls.length, 1);
    });

    it("take targets' groups of another VPC where targets may lie outside", async () => {
      const placed = async (args: object) => {
        const { reasons, warnings } = await reasonsIn({ securityGroups }, args, true);
        return [...reasons, ...warnings].filter((one) => one.includes("sg-x"));
      };
      const targetSecurityGroupIds = ["sg-x"];
      const byAddress = { targetType: "ip" };
      assert.deepEqual(await placed({ targetGroup: byAddress, targetSecurityGroupIds }), []);
      const targetGroups = { other: byAddress };
      const forward = { weights: { default: 1, other: 1 } };
      assert.deepEqual(await placed({ targetGroups, forward, targetSecurityGroupIds }), []);
    });

    it("take clients' groups of another VPC, which may be peered", async () => {
      const args = { ingressSecurityGroupIds: { batch: "sg-x" } };
      const { reasons, warnings } = await reasonsIn({ securityGroups }, args, true);
      assert.deepEqual(
        [...reasons, ...warnings].filter((one) => one.includes("sg-x")),
        [],
      );
    });

    it("check what is known at preview, even if other values are unknown", async () => {
      const known = { securityGroupIds: [UNTOLD, pulumi.output("sg-q")] };
      assert.deepEqual((await reasonsIn({}, known, true)).reasons, [
        missing("securityGroupIds[1]"),
      ]);
      const list = { securityGroupIds: pulumi.output(["sg-q"]) };
      assert.deepEqual((await reasonsIn({}, list, true)).reasons, [missing("securityGroupIds[0]")]);
      const nowhere = { vpcId: UNTOLD, securityGroupIds: ["sg-q", "sg-x"] };
      assert.deepEqual((await reasonsIn({ securityGroups }, nowhere, true)).reasons, [
        missing("securityGroupIds[0]"),
      ]);
    });

    it("do not let an update wait for what another resource makes", async () => {
      let make = (): void => undefined;
      const late = new Promise<string>((resolve) => {
        make = () => {
          resolve("sg-made");
        };
      });
      const args = { ...BASE, securityGroupIds: [late], targetSecurityGroupIds: ["sg-t"] };
      const known = answersOf(ACCOUNT);
      const { failures, find } = await recordGroup(args, {
        answer(token, inputs) {
          // Long after the checks have begun; before them it would be as good as plain.
          if (token.endsWith(":getSecurityGroups")) setTimeout(make, 0);
          return known(token, inputs);
        },
      });
      assert.deepEqual(failures, []);
      assert.deepEqual(find("web-alb").inputs.securityGroups, ["sg-made"]);
    });
  });

  describe("of a certificate", () => {
    const inIam = (name: string) => ({
      certificateArn: `arn:aws:iam::123456789012:server-certificate/${name}`,
    });
    const certificate = (arn: string, expirationDate = "2999-01-01T00:00:00Z") => ({
      serverCertificates: { web: { arn, expirationDate } },
    });
    const ARN = inIam("web").certificateArn;

    it("find that it belongs to another account", async () => {
      const { reasons } = await reasonsIn({ accountId: "999999999999" }, {});
      assert.deepEqual(reasons, [
        "certificateArn: the certificate belongs to the account 123456789012, but the load balancer " +
          "to 999999999999; use a certificate of 999999999999, or check the credentials",
      ]);
    });

    it("find that there is none of that name in IAM", async () => {
      assert.deepEqual((await reasonsIn({}, inIam("web"))).reasons, [
        `certificateArn: there is no ${ARN}; check the ARN, or upload the certificate to IAM`,
      ]);
      const elsewhere = certificate(inIam("old/web").certificateArn);
      assert.deepEqual((await reasonsIn(elsewhere, inIam("web"))).reasons, [
        `certificateArn: there is no ${ARN}; use the ARN of the certificate of that name, ` +
          "arn:aws:iam::123456789012:server-certificate/old/web",
      ]);
    });

    it("warn at preview of one in IAM that has expired, which a listener may have already", async () => {
      const expired = certificate(ARN, "2020-01-01T00:00:00Z");
      const told = await reasonsIn(expired, inIam("web"), true);
      assert.deepEqual(told.reasons, []);
      assert.deepEqual(told.warnings, [
        `certificateArn: ${ARN} expired on 2020-01-01T00:00:00Z; upload a new certificate to IAM and use its ARN`,
      ]);
      const valid = await reasonsIn(certificate(ARN), inIam("web"), true);
      assert.deepEqual([valid.reasons, valid.warnings], [[], []]);
    });

    it("find what is wrong with each of several, and ask for the account once", async () => {
      const additionalCertificateArns = {
        shop: ARN,
        docs: CERTIFICATE.replace(/\d{12}/, "1".repeat(12)),
      };
      const { reasons, invocations } = await reasonsIn({}, { additionalCertificateArns });
      assert.deepEqual(
        reasons.map((reason) => reason.split(": ")[0]),
        ["additionalCertificateArns.shop", "additionalCertificateArns.docs"],
      );
      const asked = invocations.filter(({ token }) => token.endsWith(":getCallerIdentity"));
      assert.equal(asked.length, 1);
    });

    it("ask nothing of one that is not known, or not there", async () => {
      for (const certificateArn of [UNTOLD, undefined]) {
        const { reasons, invocations } = await reasonsIn({}, { certificateArn }, true);
        assert.deepEqual(reasons, []);
        assert.ok(!invocations.some(({ token }) => token.includes("getCallerIdentity")));
      }
    });
  });

  describe("of a domain's hosted zone", () => {
    const domain = { name: "www.example.com", zoneId: "Z1", alternativeNames: ["*.example.com"] };
    const judged = async (zone: Partial<Account>, change: object = {}, preview = false) =>
      reasonsIn(zone, { certificateArn: undefined, domain: { ...domain, ...change } }, preview);
    const named = (name: string, privateZone = false) => ({
      hostedZones: { Z1: { name, privateZone } },
    });
    const missing = (path: string) =>
      `${path}: there is no such hosted zone in this account; check the ID and the credentials; if the zone is ` +
      "in another account, remove the ID, and create in that zone the records that the output domainRecords lists";
    const MISSING = missing("domain.zoneId");
    const isPrivate = (path: string, remedy: string) =>
      `${path}: the hosted zone example.com is private, so ACM can't validate a certificate with it; ${remedy}`;
    const outside = (path: string, host: string, zone: string) =>
      `${path}: ${host} is not in ${zone}, the hosted zone of domain.zoneId; use the hosted zone of ` +
      `${host} instead, use a name in ${zone}, or keep both and add the hosted zone of ${host} to domain.zones`;

    it("find names that do not lie in it, also where one ends like it", async () => {
      const others = { alternativeNames: ["*.example.com", "www.myexample.com", "example.com"] };
      assert.deepEqual((await judged(named("example.com"), others)).reasons, [
        outside("domain.alternativeNames[1]", "www.myexample.com", "example.com"),
      ]);
      assert.deepEqual((await judged(named("shop.example.com"))).reasons, [
        outside("domain.name", "www.example.com", "shop.example.com"),
        outside("domain.alternativeNames[0]", "*.example.com", "shop.example.com"),
      ]);
    });

    it("find that it is private or not there, and make nothing", async () => {
      assert.deepEqual((await judged(named("example.com", true))).reasons, [
        isPrivate(
          "domain.zoneId",
          "set domain.validationZoneId to the ID of the public hosted zone of www.example.com and *.example.com; or set " +
            "certificateArn to the ARN of an existing certificate",
        ),
      ]);
      assert.deepEqual((await judged({ hostedZones: {} })).reasons, [MISSING]);
      const known = { zoneId: pulumi.output("Z9") };
      assert.deepEqual((await judged({}, known, true)).reasons, [MISSING]);
    });

    it("take a private one for a certificate that exists", async () => {
      const account = named("internal.test", true);
      const { reasons } = await reasonsIn(account, { certificateArn: CERTIFICATE, domain });
      assert.deepEqual(reasons, [
        outside("domain.name", "www.example.com", "internal.test"),
        outside("domain.alternativeNames[0]", "*.example.com", "internal.test"),
      ]);
      const covered = await reasonsIn(named("example.com", true), {
        certificateArn: CERTIFICATE,
        domain,
      });
      assert.deepEqual(covered.reasons, []);
    });

    it("take a private one with a public one for the validation, which contains the names", async () => {
      const hostedZones = {
        Z1: { name: "example.com", privateZone: true },
        Z4: { name: "example.com" },
        Z5: { name: "example.com", privateZone: true },
        Z6: { name: "example.org" },
      };
      const reasons = async (validationZoneId: string) =>
        (await judged({ hostedZones }, { validationZoneId })).reasons;
      assert.deepEqual(await reasons("Z4"), []);
      assert.deepEqual(await reasons("Z5"), [
        isPrivate(
          "domain.validationZoneId",
          "use the ID of the public hosted zone of www.example.com and *.example.com",
        ),
      ]);
      assert.deepEqual(await reasons("Z6"), [
        outside("domain.name", "www.example.com", "example.org").replace(
          "zoneId",
          "validationZoneId",
        ),
        outside("domain.alternativeNames[0]", "*.example.com", "example.org").replace(
          "zoneId",
          "validationZoneId",
        ),
      ]);
    });

    it("look up each further one, with the names that lie in it", async () => {
      const hostedZones = { Z1: { name: "example.com" }, Z6: { name: "example.org" } };
      const of = async (zones: object) =>
        judged({ hostedZones }, { alternativeNames: ["www.example.org"], zones });
      const right = await of({ "example.org": { zoneId: "Z6" } });
      assert.deepEqual(right.reasons, []);
      assert.equal(right.invocations.filter(({ token }) => token.endsWith(":getZone")).length, 2);
      assert.deepEqual((await of({ "example.org": { zoneId: "Z7" } })).reasons, [
        missing('domain.zones["example.org"].zoneId'),
      ]);
      assert.deepEqual((await of({ "example.org": { zoneId: "Z1" } })).reasons, [
        outside("domain.alternativeNames[0]", "www.example.org", "example.com").replace(
          "domain.zoneId",
          'domain.zones["example.org"].zoneId',
        ),
      ]);
      assert.deepEqual((await of({ "example.org": {} })).reasons, []);
    });

    it("take one that is right, in one call, or that may not be asked for", async () => {
      for (const account of [named("example.com"), named("Example.com."), named("com"), {}]) {
        const { reasons, invocations } = await judged(account);
        assert.deepEqual(reasons, []);
        assert.equal(invocations.filter(({ token }) => token.endsWith(":getZone")).length, 1);
      }
      const denied = { hostedZones: {}, denied: ["route53:GetHostedZone"] };
      assert.deepEqual((await judged(denied)).reasons, []);
    });

    it("ask nothing where there is no domain, or its zone is not known", async () => {
      const unknown = await judged({}, { zoneId: UNTOLD }, true);
      for (const { reasons, invocations } of [unknown, await reasonsIn({}, {})]) {
        assert.deepEqual(reasons, []);
        assert.ok(!invocations.some(({ token }) => token.endsWith(":getZone")));
      }
    });
  });

  describe("of quotas", () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}`);
    const judge = async (args: LoadBalancedGroupArgs, quota?: number) => {
      const asked: string[] = [];
      const ask = {
        quota(code: string) {
          asked.push(code);
          return Promise.resolve(quota);
        },
      };
      const subnets = [{ id: "subnet-a", availabilityZone: "us-west-2a" }];
      const location = Promise.resolve({ vpcId: "vpc-default", subnets });
      const problems = await quotaProblems(usagesOf(args), ask, location);
      return { asked, reasons: problems.map(({ reason }) => reason) };
    };
    const raise = (code: string, count: number) =>
      "remove some, or request a higher quota: aws service-quotas request-service-quota-increase " +
      `--service-code elasticloadbalancing --quota-code ${code} --desired-value ${count} --region us-west-2`;
    const TOO_MANY = [
      "instanceIds: 1001 targets of a target group are more than the account's quota of 1000; " +
        raise("L-A0D0B863", 1001),
      "instanceIds: 1001 targets of the load balancer are more than the account's quota of 1000; " +
        raise("L-7E6692B2", 1001),
    ];

    it("ask nothing as long as AWS's standard will do", async () => {
      assert.deepEqual(await judge({ instanceIds: ids(1000) }), { asked: [], reasons: [] });
    });

    it("find more targets than the account's quotas have", async () => {
      assert.deepEqual((await judge({ instanceIds: ids(1001) }, 1000)).reasons, TOO_MANY);
    });

    it("take them where the quotas were raised, and where they can't be asked for", async () => {
      for (const quota of [1001, undefined]) {
        const { asked, reasons } = await judge({ instanceIds: ids(1001) }, quota);
        assert.deepEqual([asked, reasons], [["L-A0D0B863", "L-7E6692B2"], []]);
      }
    });

    it("count the targets of all target groups for the load balancer", async () => {
      const further = { instanceIds: ids(401) };
      const args = { instanceIds: ids(600), targetGroups: { further } };
      const { reasons } = await judge(args, 1000);
      assert.deepEqual(reasons, [
        "targetGroups: 1001 targets of the load balancer are more than the account's quota of 1000; " +
          raise("L-7E6692B2", 1001),
      ]);
    });

    it("count the certificates besides the default one", async () => {
      const certificates = (count: number) =>
        Object.fromEntries(ids(count).map((key) => [key, CERTIFICATE]));
      const judged = (count: number) =>
        judge({ additionalCertificateArns: certificates(count) }, 25);
      assert.deepEqual(await judged(25), { asked: [], reasons: [] });
      assert.deepEqual((await judged(26)).reasons, [
        "additionalCertificateArns: 26 additional certificates of the load balancer are " +
          `more than the account's quota of 25; ${raise("L-9365A611", 26)}`,
      ]);
    });

    it("count the rules, without the default ones", async () => {
      const rules = (count: number) =>
        Object.fromEntries(
          ids(count).map((key) => [key, { hostHeaders: [`${key}.test`], targetGroup: "default" }]),
        );
      assert.deepEqual(await judge({ rules: rules(100) }, 100), { asked: [], reasons: [] });
      assert.deepEqual(await judge({ rules: rules(101) }, 100), {
        asked: ["L-7EED9B64"],
        reasons: [
          "rules: 101 rules of the load balancer are more than the account's quota of 100; " +
            raise("L-7EED9B64", 101),
        ],
      });
    });

    it("count the rules of a new security group, by direction and address family", async () => {
      const networks = (count: number, prefix = "10.0.") =>
        Array.from({ length: count }, (_, index) => `${prefix}${index}.0/24`);
      const raiseRules = (count: number) =>
        raise("L-0EA8095F", count).replace("elasticloadbalancing", "vpc");
      const inbound = (count: number) =>
        `ingressCidrBlocks: ${count} inbound IPv4 rules of the security group are more than the account's quota of 60; ` +
        raiseRules(count);
      const certificateArn = CERTIFICATE;
      const judged = (args: LoadBalancedGroupArgs) => judge(args, 60);
      assert.deepEqual((await judged({ ingressCidrBlocks: networks(60) })).asked, []);
      assert.deepEqual((await judged({ ingressCidrBlocks: networks(61) })).reasons, [inbound(61)]);
      const https = { certificateArn, ingressCidrBlocks: networks(31) };
      assert.deepEqual((await judged(https)).reasons, [inbound(62)]);
      assert.deepEqual((await judged({ ...https, httpsOnly: true })).asked, []);
      assert.deepEqual((await judged({ ...https, securityGroupIds: ["sg-1"] })).asked, []);
      const six = Array.from({ length: 60 }, (_, index) => `2001:db8:${index + 1}::/48`);
      const both = { ingressCidrBlocks: [...networks(60), ...six] };
      assert.deepEqual((await judged(both)).asked, []);
      const targets = Object.fromEntries(
        ids(60).map((key, index) => [key, { id: `10.9.0.${index}`, availabilityZone: "all" }]),
      );
      const outbound = { targetGroup: { targetType: "ip" as const }, targets };
      assert.deepEqual((await judged(outbound)).reasons, [
        "targets: 61 outbound IPv4 rules of the security group are more than the account's quota of 60; " +
          raiseRules(61),
      ]);
      const fewer = Object.fromEntries(Object.entries(targets).slice(1));
      assert.deepEqual((await judged({ ...outbound, targets: fewer })).asked, []);
      const groups = { targetSecurityGroupIds: ids(61).map((id) => `sg-${id}`) };
      assert.match((await judged(groups)).reasons.join(), /^targetSecurityGroupIds: 61 outbound/);
    });

    it("count as many rules as are created", async () => {
      const all: object[] = [
        {},
        { internal: true, ipAddressType: "dualstack" },
        { ipAddressType: "dualstack", ingressCidrBlocks: ["10.0.0.0/8", "2001:db8::/32"] },
        { targetSecurityGroupIds: ["sg-1", "sg-2"], targetGroup: { healthCheck: { port: 81 } } },
        {
          ipAddressType: "dualstack",
          targetGroup: { targetType: "ip" },
          targets: {
            a: { id: "10.9.0.1", availabilityZone: "all" },
            b: { id: "10.9.0.1", availabilityZone: "all", port: 81 },
            c: { id: "172.31.0.9" },
          },
          targetGroups: {
            six: {
              targetType: "ip",
              ipAddressType: "ipv6",
              targets: { a: { id: "fd00::1", availabilityZone: "all" } },
            },
          },
          forward: { weights: { default: 1, six: 1 } },
        },
      ];
      for (const args of all) {
        const given = { ...BASE, ...args } as LoadBalancedGroupArgs;
        const { registrations, failures } = await recordGroup(given);
        assert.deepEqual(failures, []);
        const created = (type: string, isOfFamily: (inputs: object) => boolean) =>
          registrations.filter(
            (one) =>
              one.type.endsWith(`:${type}`) &&
              one.name.includes("gress-") &&
              !one.name.includes("target-ingress") &&
              isOfFamily(one.inputs),
          ).length;
        const isIpv6 = (inputs: object) => "cidrIpv6" in inputs && inputs.cidrIpv6 !== undefined;
        const families = (type: string) => ({
          ipv4: created(type, (inputs) => !isIpv6(inputs)),
          ipv6: created(type, isIpv6),
        });
        assert.deepEqual(
          ruleCounts(given),
          {
            inbound: families("SecurityGroupIngressRule"),
            outbound: families("SecurityGroupEgressRule"),
          },
          JSON.stringify(args),
        );
      }
    });

    it("count the certificates of the domain if there are several", async () => {
      const args = (count: number, ...keyAlgorithms: KeyAlgorithm[]) => ({
        additionalCertificateArns: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`k${index}`, `${CERTIFICATE}${index}`]),
        ),
        domain: { name: "www.example.com", zoneId: "Z1", keyAlgorithms },
      });
      const both = [KeyAlgorithm.Rsa2048, KeyAlgorithm.EcPrime256v1];
      assert.deepEqual((await judge(args(25, KeyAlgorithm.Rsa2048), 25)).asked, []);
      assert.deepEqual((await judge(args(23, ...both), 25)).asked, []);
      const [reason] = (await judge(args(24, ...both), 25)).reasons;
      assert.match(reason, /^additionalCertificateArns: 26 additional certificates/);
    });

    it("count the names of the domain's certificate", async () => {
      const domain = (count: number) => ({
        domain: {
          name: "example.com",
          zoneId: "Z1",
          alternativeNames: ids(count).map((id) => `${id}.example.com`),
        },
      });
      assert.deepEqual((await judge(domain(9), 10)).asked, []);
      assert.deepEqual((await judge(domain(10), 10)).reasons, [
        "domain.alternativeNames: 11 names of the domain's certificate are more than the account's quota of 10; " +
          raise("L-FB94F0B0", 11).replace("elasticloadbalancing", "acm"),
      ]);
      assert.deepEqual((await judge(domain(10), 100)).reasons, []);
      const existing = { ...domain(10), certificateArn: CERTIFICATE };
      assert.deepEqual((await judge(existing, 10)).asked, []);
    });

    it("refuse a group of too many targets", async () => {
      const instanceIds = ids(1001);
      const instances = Object.fromEntries(instanceIds.map((id) => [id, { zone: "us-west-2a" }]));
      const { reasons } = await reasonsIn({ instances }, { instanceIds });
      assert.deepEqual(reasons, TOO_MANY);
    });
  });

  describe("of a web ACL", () => {
    const webAclArn = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/web/one";
    const hint = "check the ARN, the credentials and aws:region, or create the web ACL first";

    it("find one that does not exist, and one that has its name", async () => {
      const none = await reasonsIn({ webAcls: [] }, { webAclArn });
      assert.deepEqual(none.reasons, [`webAclArn: there is no ${webAclArn}; ${hint}`]);
      const other = webAclArn.replace("one", "two");
      const two = await reasonsIn({ webAcls: [other] }, { webAclArn });
      assert.deepEqual(two.reasons, [
        `webAclArn: there is no ${webAclArn}; use the ARN of the web ACL of that name, ${other}`,
      ]);
    });

    it("take one that exists, and don't ask for one that is unknown or of another account", async () => {
      const taken = await reasonsIn({ webAcls: [webAclArn] }, { webAclArn });
      assert.deepEqual(taken.reasons, []);
      const foreign = webAclArn.replace("123456789012", "210987654321");
      for (const arn of [foreign, UNTOLD]) {
        const { reasons, invocations } = await reasonsIn({ webAcls: [] }, { webAclArn: arn }, true);
        assert.deepEqual(reasons, []);
        assert.ok(!invocations.some(({ token }) => token.endsWith(":getWebAcl")));
      }
    });
  });
});
