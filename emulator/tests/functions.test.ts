import assert from "node:assert/strict";
import {
  EmulatorFixture,
  BALANCER,
  first,
  LOAD_BALANCER,
  second,
  subnets,
  vpcId,
  WEB,
} from "./support/emulatorFixture";
import { type Bag } from "./support/providerClient";

const by = (name: string, ...values: string[]) => ({ name, values });

describe("the local aws provider's functions", () => {
  const aws = EmulatorFixture.inEachTest();
  const ask = (token: string, args: Bag) => aws.provider.invoke(token, args);

  describe("about security groups", () => {
    const GROUPS = "aws:ec2/getSecurityGroups:getSecurityGroups";
    const RULES = "aws:vpc/getSecurityGroupRules:getSecurityGroupRules";
    const RULE = "aws:vpc/getSecurityGroupRule:getSecurityGroupRule";

    it("find those that exist, each with its VPC, and leave out the others", async () => {
      const { ids, vpcIds } = await ask(GROUPS, { filters: [by("group-id", WEB, "sg-1")] });
      assert.deepEqual([ids, vpcIds], [[WEB], [vpcId]]);
    });

    it("find the rules of a group, and what each of them says", async () => {
      const { ids } = await ask(RULES, { filters: [by("group-id", WEB)] });
      assert.deepEqual(ids, ["sgr-00000000000000eb1", "sgr-00000000000000eb2"]);
      const [http, out] = await Promise.all(
        ids.map((id) => ask(RULE, { securityGroupRuleId: id })),
      );
      assert.deepEqual(
        [http.isEgress, http.ipProtocol, http.fromPort, http.toPort, http.cidrIpv4],
        [false, "tcp", 80, 80, "0.0.0.0/0"],
      );
      assert.deepEqual([out.isEgress, out.ipProtocol, out.fromPort], [true, "-1", -1]);
    });

    it("know no rule of an id that is not there, and not which of several is meant", async () => {
      await assert.rejects(
        ask(RULE, { securityGroupRuleId: "sgr-1" }),
        /\* no matching Security Group Rule found/,
      );
      await assert.rejects(
        ask(RULE, { filters: [by("group-id", WEB)] }),
        /multiple Security Group Rules matched/,
      );
    });
  });

  describe("about network interfaces", () => {
    const ONE = "aws:ec2/getNetworkInterface:getNetworkInterface";
    const MANY = "aws:ec2/getNetworkInterfaces:getNetworkInterfaces";

    it("find the first one of an instance, with its groups and its address", async () => {
      const filters = [by("attachment.instance-id", second), by("attachment.device-index", "0")];
      const { securityGroups, privateIp, subnetId } = await ask(ONE, { filters });
      assert.deepEqual([securityGroups, privateIp, subnetId], [[WEB], "172.31.16.12", subnets[1]]);
    });

    it("find those of a load balancer by what EC2 says they are for", async () => {
      const filters = [by("description", "ELB app/web-*"), by("subnet-id", subnets[0])];
      const ids = async () => (await ask(MANY, { filters })).ids as string[];
      assert.deepEqual(await ids(), []);
      await aws.provider.make(LOAD_BALANCER, { ...BALANCER, name: "web-alb-1234567" });
      assert.equal((await ids()).length, 1);
    });

    it("know none of an instance that is not there", async () => {
      await assert.rejects(
        ask(ONE, { filters: [by("attachment.instance-id", "i-1")] }),
        /\* no matching EC2 Network Interface found/,
      );
    });
  });

  it("find the instances that have one of the security groups", async () => {
    const token = "aws:ec2/getInstances:getInstances";
    const ids = by("instance-id", first, second);
    const having = async (...groups: string[]) =>
      (await ask(token, { filters: [ids, by("instance.group-id", ...groups)] })).ids;
    assert.deepEqual(await having("sg-1", WEB), [first, second]);
    assert.deepEqual(await having("sg-1"), []);
  });

  it("return the account", async () => {
    const { accountId } = await ask("aws:index/getCallerIdentity:getCallerIdentity", {});
    assert.equal(accountId, aws.emulator.ec2.accountId);
  });

  it("find a certificate in IAM by its name", async () => {
    const token = "aws:iam/getServerCertificate:getServerCertificate";
    await assert.rejects(
      ask(token, { name: "web" }),
      /Search for AWS IAM server certificate returned no results/,
    );
    const arn = "arn:aws:iam::123456789012:server-certificate/old/web";
    const expirationDate = "2020-01-01T00:00:00Z";
    aws.account.serverCertificates.push({ name: "web", path: "/old/", arn, expirationDate });
    const found = await ask(token, { name: "web" });
    assert.deepEqual([found.arn, found.expirationDate], [arn, expirationDate]);
    assert.equal(aws.emulator.ec2.findCertificate(arn)?.status, "ISSUED");
  });

  it("return a hosted zone by its ID, and say if there is none", async () => {
    const token = "aws:route53/getZone:getZone";
    const { zoneId } = aws.account.hostedZones[0];
    const found = await ask(token, { zoneId });
    assert.deepEqual([found.id, found.name, found.privateZone], [zoneId, "example.com", false]);
    await assert.rejects(ask(token, { zoneId: "Z1" }), /couldn't find resource/);
  });

  it("find a trust store by its ARN", async () => {
    const token = "aws:lb/getTrustStore:getTrustStore";
    const { region, accountId } = aws.account;
    const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:truststore/clients/0f`;
    await assert.rejects(ask(token, { arn }), /no matching ELBv2 Trust Store found/);
    aws.account.trustStores.push({ trustStoreArn: arn, caCertificates: "" });
    assert.equal((await ask(token, { arn })).name, "clients");
  });

  it("find a bucket and its policy by name, and say how the provider words that there is none", async () => {
    const bucket = aws.account.logBuckets[0];
    const asked = async (what: string, name: string) =>
      ask(`aws:s3/get${what}:get${what}`, { bucket: name });
    const { bucketRegion, region } = await asked("Bucket", bucket);
    assert.deepEqual([bucketRegion, region], [aws.account.region, aws.account.region]);
    assert.match(String((await asked("BucketPolicy", bucket)).policy), /s3:PutObject/);
    await assert.rejects(asked("Bucket", "none"), /reading S3 Bucket .*couldn't find resource/);
    await assert.rejects(asked("BucketPolicy", "none"), /NoSuchBucket/);
    aws.emulator.ec2.buckets.create("empty");
    await assert.rejects(asked("BucketPolicy", "empty"), /couldn't find resource/);
  });

  it("find a web ACL by its name", async () => {
    const token = "aws:wafv2/getWebAcl:getWebAcl";
    const [{ arn }] = aws.account.webAcls;
    assert.equal((await ask(token, { name: "admin", scope: "REGIONAL" })).arn, arn);
    const none = ask(token, { name: "none", scope: "REGIONAL" });
    await assert.rejects(none, /WAFv2 WebACL not found for name: none/);
  });

  it("return AWS's quota, and the account's own if it was raised", async () => {
    const token = "aws:servicequotas/getServiceQuota:getServiceQuota";
    const quotaOf = async (quotaCode: string) => {
      const args = { serviceCode: "elasticloadbalancing", quotaCode };
      const { value, defaultValue } = await ask(token, args);
      return [value, defaultValue];
    };
    aws.account.raisedQuotas["L-7EED9B64"] = 200;
    assert.deepEqual(await quotaOf("L-7EED9B64"), [200, 100]);
    assert.deepEqual(await quotaOf("L-A0D0B863"), [1000, 1000]);
    await assert.rejects(quotaOf("L-1"), /NoSuchResourceException: .* L-1 does not exist/);
  });
});
