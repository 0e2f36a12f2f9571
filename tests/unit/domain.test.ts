import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ACCOUNT, answersOf } from "../support/account";
import { CERTIFICATE, TUTORIAL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { UNKNOWN, valueOf, type Recording } from "../support/recorder";

const RECORD = "aws:route53/record:Record";
const DOMAIN = { name: "www.example.com", zoneId: "Z1" };

const names = ({ registrations }: Recording) => registrations.map(({ name }) => name).sort();
const records = ({ registrations }: Recording) =>
  registrations.filter(({ type }) => type === RECORD).map(({ name }) => name);
const withDomain = (change: object = {}, args: object = {}, group: object = TUTORIAL) =>
  recordGroup({ ...group, domain: { ...DOMAIN, ...change }, ...args });

describe("a group with a domain", () => {
  it("issues a certificate for its name, proven by DNS", async () => {
    const { find, failures, warnings } = await withDomain();
    assert.deepEqual(failures, []);
    assert.deepEqual(warnings, []);
    assert.deepEqual(find("web-domain").inputs, {
      domainName: "www.example.com",
      subjectAlternativeNames: ["www.example.com"],
      validationMethod: "DNS",
    });
    assert.deepEqual(find("web-validation-www.example.com").inputs, {
      allowOverwrite: true,
      name: "_proof.www.example.com.",
      records: ["_value.acm-validations.aws."],
      ttl: 300,
      type: "CNAME",
      zoneId: "Z1",
    });
    assert.deepEqual(find("web-domain-validation").inputs, {
      certificateArn: "arn:web-domain",
      validationRecordFqdns: ["_proof.www.example.com."],
    });
  });

  it("shows the certificate only when it has been validated", async () => {
    const { find } = await withDomain();
    assert.equal(find("web-https").inputs.certificateArn, "arn:web-domain");
    assert.ok(find("web-https").dependencies.includes("web-domain-validation"));
  });

  it("leads the name to the load balancer, once its listeners serve", async () => {
    const { find } = await withDomain();
    const { inputs, dependencies } = find("web-a-www.example.com");
    assert.deepEqual(inputs, {
      aliases: [{ evaluateTargetHealth: true, name: "web-alb.elb.test", zoneId: "Z1" }],
      name: "www.example.com",
      type: "A",
      zoneId: "Z1",
    });
    assert.ok(dependencies.includes("web-https") && dependencies.includes("web-http"));
  });

  it("is found under the name", async () => {
    const { group } = await withDomain();
    assert.equal(await valueOf(group.url), "https://www.example.com");
  });

  it("requests nothing beside a certificate that exists, and leads the names to it", async () => {
    const recording = await withDomain(
      { alternativeNames: ["*.example.com"] },
      { certificateArn: CERTIFICATE },
    );
    assert.deepEqual([recording.failures, recording.warnings], [[], []]);
    assert.deepEqual(records(recording).sort(), ["web-a-*.example.com", "web-a-www.example.com"]);
    assert.deepEqual(
      names(recording).filter((name) => name.startsWith("web-domain")),
      [],
    );
    assert.equal(recording.find("web-https").inputs.certificateArn, CERTIFICATE);
    assert.equal(await valueOf(recording.group.url), "https://www.example.com");
  });

  it("proves a name and its wildcard by one record, and makes aliases for both", async () => {
    const recording = await withDomain({
      name: "example.com",
      alternativeNames: ["*.example.com", "shop.example.com"],
    });
    assert.deepEqual(recording.failures, []);
    assert.deepEqual(records(recording).sort(), [
      "web-a-*.example.com",
      "web-a-example.com",
      "web-a-shop.example.com",
      "web-validation-example.com",
      "web-validation-shop.example.com",
    ]);
    assert.deepEqual(recording.find("web-domain").inputs.subjectAlternativeNames, [
      "example.com",
      "*.example.com",
      "shop.example.com",
    ]);
  });

  it("validates in one zone, and leads the names to the load balancer in another", async () => {
    const { find, failures } = await withDomain({ zoneId: "Z1", validationZoneId: "Z2" });
    assert.deepEqual(failures, []);
    assert.equal(find("web-validation-www.example.com").inputs.zoneId, "Z2");
    assert.equal(find("web-a-www.example.com").inputs.zoneId, "Z1");
  });

  it("has each name in the zone of the longest domain that contains it", async () => {
    const zones = {
      key: { zoneId: "Z3" },
      "a.example.com": { zoneId: "Z2", validationZoneId: "Z1" },
      "b.a.example.com": {},
    };
    const alternativeNames = ["www.key", "*.a.example.com", "b.a.example.com", "ca.example.com"];
    const recording = await withDomain({ alternativeNames, zones }, { preflight: "off" });
    assert.deepEqual(recording.failures, []);
    const zoneOf = (name: string) => recording.find(name).inputs.zoneId;
    assert.deepEqual(
      records(recording)
        .map((name) => [name, zoneOf(name)])
        .sort(),
      [
        ["web-a-*.a.example.com", "Z2"],
        ["web-a-ca.example.com", "Z1"],
        ["web-a-www.example.com", "Z1"],
        ["web-a-www.key", "Z3"],
        ["web-validation-a.example.com", "Z1"],
        ["web-validation-ca.example.com", "Z1"],
        ["web-validation-www.example.com", "Z1"],
        ["web-validation-www.key", "Z3"],
      ],
    );
    assert.deepEqual(await valueOf(recording.group.domainRecords), [
      {
        name: "_proof.b.a.example.com",
        type: "CNAME",
        value: "_value.acm-validations.aws",
      },
      { name: "b.a.example.com", type: "CNAME", value: "web-alb.elb.test" },
    ]);
  });

  it("changes no record where the zone of a name is given in another way", async () => {
    const one = await withDomain();
    const { zoneId } = DOMAIN;
    const other = await withDomain({ zoneId: undefined, zones: { "example.com": { zoneId } } });
    assert.deepEqual(other.failures, []);
    assert.deepEqual(other.registrations, one.registrations);
  });

  describe("with several key algorithms", () => {
    const ADDITION = "aws:lb/listenerCertificate:ListenerCertificate";
    const CERTIFICATE_TYPE = "aws:acm/certificate:Certificate";
    const both = ["RSA_2048", "EC_prime256v1"];
    const of = ({ registrations }: Recording, type: string) =>
      registrations.filter((one) => one.type === type).map(({ name, inputs }) => [name, inputs]);

    it("requests a certificate for each, and adds them all to the listener", async () => {
      const recording = await withDomain({ keyAlgorithms: both });
      assert.deepEqual(recording.failures, []);
      const { find } = recording;
      assert.equal(find("web-domain").inputs.keyAlgorithm, undefined);
      assert.equal(find("web-domain-EC_prime256v1").inputs.keyAlgorithm, "EC_prime256v1");
      assert.equal(find("web-https").inputs.certificateArn, "arn:web-domain");
      const listenerArn = "arn:web-https";
      assert.deepEqual(of(recording, ADDITION).sort(), [
        [
          "web-domain-certificate-EC_prime256v1",
          { listenerArn, certificateArn: "arn:web-domain-EC_prime256v1" },
        ],
        ["web-domain-certificate-RSA_2048", { listenerArn, certificateArn: "arn:web-domain" }],
      ]);
      const { dependencies } = find("web-http");
      assert.ok(dependencies.includes("web-domain-certificate-EC_prime256v1"));
      assert.deepEqual(records(recording).sort(), [
        "web-a-www.example.com",
        "web-validation-www.example.com",
      ]);
    });

    it("adds them to further listeners, but to none with a certificate of its own", async () => {
      const listeners = {
        test: { port: 8443, protocol: "HTTPS" },
        own: { port: 9443, protocol: "HTTPS", certificateArn: CERTIFICATE },
        plain: { port: 8080, protocol: "HTTP" },
      };
      const recording = await withDomain({ keyAlgorithms: both }, { listeners });
      assert.deepEqual(recording.failures, []);
      assert.deepEqual(
        of(recording, ADDITION)
          .map(([name]) => name)
          .sort(),
        [
          "web-domain-certificate-EC_prime256v1",
          "web-domain-certificate-RSA_2048",
          "web-listener-8443-domain-certificate-EC_prime256v1",
          "web-listener-8443-domain-certificate-RSA_2048",
        ],
      );
    });

    it("changes only the listener if their order changes", async () => {
      const one = await withDomain({ keyAlgorithms: both });
      const other = await withDomain({ keyAlgorithms: [...both].reverse() });
      assert.equal(other.find("web-https").inputs.certificateArn, "arn:web-domain-EC_prime256v1");
      for (const name of names(one).filter((name) => name !== "web-https")) {
        assert.deepEqual(other.find(name).inputs, one.find(name).inputs, name);
      }
      assert.deepEqual(names(other), names(one));
    });

    it("changes nothing with the default alone, and adds nothing with one that is not", async () => {
      const none = await withDomain();
      const rsa = await withDomain({ keyAlgorithms: ["RSA_2048"] });
      assert.deepEqual(rsa.registrations, none.registrations);
      const ec = await withDomain({ keyAlgorithms: ["EC_secp384r1"] });
      assert.deepEqual(of(ec, ADDITION), []);
      assert.deepEqual(
        of(ec, CERTIFICATE_TYPE).map(([name]) => name),
        ["web-domain-EC_secp384r1"],
      );
      assert.equal(ec.find("web-https").inputs.certificateArn, "arn:web-domain-EC_secp384r1");
    });
  });

  describe("whose DNS is elsewhere", () => {
    const ELSEWHERE = { name: "www.example.com" };
    const elsewhere = (args: object = {}, options: object = {}) =>
      recordGroup({ ...TUTORIAL, domain: ELSEWHERE, ...args }, options);

    it("makes no record, but tells which are to be made, before the certificate is used", async () => {
      const { find, registrations, group, failures } = await elsewhere();
      assert.deepEqual(failures, []);
      assert.ok(!registrations.some(({ type }) => type === RECORD));
      assert.deepEqual(await valueOf(group.domainRecords), [
        { name: "_proof.www.example.com", type: "CNAME", value: "_value.acm-validations.aws" },
        { name: "www.example.com", type: "CNAME", value: "web-alb.elb.test" },
      ]);
      assert.deepEqual(find("web-domain-validation").inputs, {
        certificateArn: "arn:web-domain",
        validationRecordFqdns: ["_proof.www.example.com"],
      });
      assert.ok(find("web-https").dependencies.includes("web-domain-validation"));
      assert.equal(await valueOf(group.url), "https://www.example.com");
    });

    it("warns at preview that the certificate will wait, and that the name leads nowhere yet", async () => {
      const { warnings, failures } = await elsewhere({}, { preview: true });
      assert.deepEqual(failures, []);
      assert.equal(warnings.length, 2);
      const [names, waits] = warnings.sort();
      assert.match(names, /^domain: after the update, point .* output domainRecords/);
      assert.match(
        waits,
        /^domain: the certificate of www\.example\.com .* 75 minutes .* domainRecords/,
      );
    });

    it("does not wait with a certificate that exists", async () => {
      const args = { certificateArn: CERTIFICATE };
      const { warnings } = await elsewhere(args, { preview: true });
      assert.equal(warnings.length, 1);
      const { group } = await elsewhere(args);
      assert.deepEqual(await valueOf(group.domainRecords), [
        { name: "www.example.com", type: "CNAME", value: "web-alb.elb.test" },
      ]);
    });
  });

  const addresses: [string | undefined, string[]][] = [
    [undefined, ["web-a-www.example.com"]],
    ["ipv4", ["web-a-www.example.com"]],
    ["dualstack", ["web-a-www.example.com", "web-aaaa-www.example.com"]],
    ["dualstack-without-public-ipv4", ["web-aaaa-www.example.com"]],
  ];
  for (const [ipAddressType, wanted] of addresses) {
    it(`has the records of ${ipAddressType ?? "no"} address type`, async () => {
      const recording = await withDomain({}, { ipAddressType });
      const aliases = records(recording).filter((name) => !name.includes("validation"));
      assert.deepEqual(aliases.sort(), wanted);
    });
  }

  it("adds and removes an alternative name without touching the other's records", async () => {
    const one = await withDomain();
    const two = await withDomain({ alternativeNames: ["shop.example.com"] });
    const added = names(two).filter((name) => !names(one).includes(name));
    assert.deepEqual(added, ["web-a-shop.example.com", "web-validation-shop.example.com"]);
    for (const name of records(one)) assert.deepEqual(one.find(name), two.find(name));
  });

  it("shows every resource at preview, though ACM has not said yet how names are proven", async () => {
    const args = {
      ...ZONES,
      domain: {
        ...DOMAIN,
        zoneId: pulumi.output(pulumi.unknown as unknown as string),
        alternativeNames: ["*.www.example.com", "example.com"],
      },
    };
    const preview = await recordGroup(args, { preview: true });
    const update = await recordGroup({ ...args, domain: { ...args.domain, zoneId: "Z1" } });
    assert.deepEqual(preview.failures, []);
    assert.deepEqual(names(preview), names(update));
    const { inputs } = preview.find("web-validation-example.com");
    assert.deepEqual([inputs.name, inputs.zoneId], [UNKNOWN, UNKNOWN]);
  });

  it("keeps a secret zone secret", async () => {
    const { find } = await withDomain({ zoneId: pulumi.secret("Z1") });
    for (const name of ["web-validation-www.example.com", "web-a-www.example.com"]) {
      assert.deepEqual(find(name).inputs.zoneId, { secret: "Z1" });
    }
  });

  it("judges a zone that is an output when it is known", async () => {
    const { failures } = await withDomain({ zoneId: pulumi.output(Promise.resolve("zone")) });
    assert.equal(failures.length, 1);
    assert.match(failures[0], /domain\.zoneId must be the ID of a hosted zone/);
  });

  it("tags the certificate", async () => {
    const { find } = await withDomain({}, { tags: { a: "b" } });
    assert.deepEqual(find("web-domain").inputs.tags, { a: "b" });
  });

  it("issues nothing before AWS has been asked whether the group can work", async () => {
    const answer = answersOf({ ...ACCOUNT, instances: {} });
    const recording = await recordGroup({ ...TUTORIAL, domain: DOMAIN }, { answer });
    assert.equal(recording.failures.length, 1);
    assert.ok(!names(recording).includes("web-domain"));
  });
});
