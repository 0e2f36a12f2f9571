import assert from "node:assert/strict";
import { certificateArn, EmulatorFixture, LISTENER } from "./support/emulatorFixture";
import type { Bag } from "./support/providerClient";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const RECORD = "aws:route53/record:Record";
const ZONE = "Z0EXAMPLE000000000001";
const ALIAS = { name: "lb.test", zoneId: "Z1", evaluateTargetHealth: true };

interface Option {
  domainName: string;
  resourceRecordName: string;
  resourceRecordType: string;
  resourceRecordValue: string;
}

describe("the provider's certificates and records", () => {
  const fixture = EmulatorFixture.inEachTest();

  const request = (domainName: string, ...subjectAlternativeNames: string[]) =>
    fixture.provider.make(CERTIFICATE, {
      domainName,
      validationMethod: "DNS",
      ...(subjectAlternativeNames.length > 0 ? { subjectAlternativeNames } : {}),
    });
  const optionsOf = ({ state }: { state: Bag }) => state.domainValidationOptions as Option[];
  const prove = ({ resourceRecordName: name, resourceRecordValue }: Option, more: Bag = {}) =>
    fixture.provider.make(RECORD, {
      zoneId: ZONE,
      name,
      type: "CNAME",
      ttl: 300,
      records: [resourceRecordValue],
      ...more,
    });

  it("stay pending where the proof lies in a private zone, which the public does not see", async () => {
    fixture.account.hostedZones.push({ zoneId: "Z1", name: "private.test", isPrivate: true });
    const { state } = await request("www.private.test");
    await prove(optionsOf({ state })[0], { zoneId: "Z1" });
    const { ec2 } = fixture.emulator;
    assert.equal(ec2.findCertificate(String(state.arn))?.status, "PENDING_VALIDATION");
  });

  it("have their first name among the others too, whether it is said or not", async () => {
    const { provider } = fixture;
    const { inputs, state, id } = await request("b.example.com", "a.example.com");
    assert.deepEqual(state.subjectAlternativeNames, ["b.example.com", "a.example.com"]);
    assert.deepEqual((await provider.diff(CERTIFICATE, state, inputs)).kinds, {});
    const read = await provider.read(CERTIFICATE, id, { state, inputs });
    assert.deepEqual(read.inputs.subjectAlternativeNames, ["a.example.com"]);
  });

  it("are pending until every name is proven, and then issued", async () => {
    const { provider } = fixture;
    const certificate = await request("example.com", "*.example.com", "a.example.com");
    assert.equal(certificate.state.status, "PENDING_VALIDATION");
    const [bare, wildcard, other] = optionsOf(certificate);
    assert.match(bare.resourceRecordName, /^_[0-9a-f]{32}\.example\.com\.$/);
    assert.match(bare.resourceRecordValue, /^_[0-9a-f]{32}\.[0-9a-f]{10}\.acm-validations\.aws\.$/);
    assert.equal(wildcard.resourceRecordName, bare.resourceRecordName);
    assert.notEqual(other.resourceRecordName, bare.resourceRecordName);

    const inputs = { certificateArn: certificate.id };
    await prove(bare);
    await assert.rejects(
      provider.create(VALIDATION, inputs, { timeout: 0.01 }),
      /timeout while waiting for state to become 'ISSUED' \(last state: 'PENDING_VALIDATION'/,
    );
    const validating = provider.make(VALIDATION, inputs);
    await prove(other);
    const { id, state } = await validating;
    assert.equal(state.certificateArn, certificate.id);
    const read = await provider.read(CERTIFICATE, certificate.id);
    assert.equal(read.state.status, "ISSUED");
    assert.equal((await provider.read(VALIDATION, id, { state })).id, id);
  });

  it("are proven in one account by the same record for ever", async () => {
    const [first] = optionsOf(await request("www.example.com"));
    const again = await request("www.example.com", "b.example.com");
    assert.equal(optionsOf(again)[0].resourceRecordName, first.resourceRecordName);
    await prove(first);
    await assert.rejects(prove(first), /InvalidChangeBatch: .*already exists/);
    await prove(first, { allowOverwrite: true });
  });

  it("name the records that a validation lacks", async () => {
    const certificate = await request("example.com", "a.example.com");
    const [bare] = optionsOf(certificate);
    const making = fixture.provider.make(VALIDATION, {
      certificateArn: certificate.id,
      validationRecordFqdns: [bare.resourceRecordName],
    });
    await assert.rejects(making, /missing a\.example\.com DNS validation record: _/);
  });

  it("are not deleted while a listener shows them", async () => {
    const { provider } = fixture;
    const { group, balancer } = await fixture.makeListener();
    await provider.make(LISTENER, {
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      certificateArn,
      defaultActions: [{ type: "forward", targetGroupArn: group.id }],
    });
    await assert.rejects(
      provider.delete(CERTIFICATE, certificateArn, {}),
      /ResourceInUseException: Certificate .* is in use/,
    );
    const unused = await request("example.com");
    await provider.delete(CERTIFICATE, unused.id, unused.state);
    assert.equal((await provider.read(CERTIFICATE, unused.id)).id, "");
  });

  it("have keys of the algorithm that is asked for, and are found by it", async () => {
    const { provider } = fixture;
    const named = { domainName: "www.example.com", validationMethod: "DNS" };
    const rsa = await provider.make(CERTIFICATE, named);
    assert.equal(rsa.state.keyAlgorithm, "RSA_2048");
    const ec = await provider.make(CERTIFICATE, { ...named, keyAlgorithm: "EC_prime256v1" });
    assert.equal(ec.state.keyAlgorithm, "EC_prime256v1");
    assert.deepEqual(optionsOf(ec), optionsOf(rsa));
    const same = await provider.diff(CERTIFICATE, rsa.state, rsa.inputs);
    assert.deepEqual(same.kinds, {});
    const other = { ...rsa.inputs, keyAlgorithm: "EC_secp384r1" };
    const { replaces } = await provider.diff(CERTIFICATE, rsa.state, other);
    assert.deepEqual(replaces, ["keyAlgorithm"]);
    const find = async (keyTypes?: string[]) => {
      const args = { domain: "www.example.com", statuses: ["PENDING_VALIDATION"] };
      const chosen = keyTypes === undefined ? args : { ...args, keyTypes };
      return (await provider.invoke("aws:acm/getCertificate:getCertificate", chosen)).arn;
    };
    assert.equal(await find(), rsa.id);
    assert.equal(await find(["EC_prime256v1"]), ec.id);
  });

  it("have 10 names at most", async () => {
    const names = Array.from({ length: 10 }, (_, n) => `n${n}.example.com`);
    const request10 = request("example.com", ...names.slice(1));
    await request10;
    await assert.rejects(request("example.com", ...names), /LimitExceededException/);
    fixture.account.raisedQuotas["L-FB94F0B0"] = 11;
    await request("example.com", ...names);
  });

  it("are aliases too, which change in place and answer for their names", async () => {
    const { provider, emulator } = fixture;
    const inputs = { zoneId: ZONE, name: "*.example.com", type: "A", aliases: [ALIAS] };
    const { id, state } = await provider.make(RECORD, inputs);
    assert.equal(id, `${ZONE}_*.example.com_A`);
    assert.equal(state.fqdn, "*.example.com");
    assert.equal(emulator.route53.answer("shop.example.com", "A")?.alias?.name, "lb.test");
    assert.equal(emulator.route53.answer("a.shop.example.com", "A"), undefined);

    const elsewhere = { ...inputs, aliases: [{ ...ALIAS, name: "other.test" }] };
    const { kinds, replaces } = await provider.diff(RECORD, state, elsewhere);
    assert.deepEqual([kinds, replaces], [{ "aliases[0].name": "UPDATE" }, []]);
    const changed = await provider.update(RECORD, id, state, elsewhere);
    assert.equal(emulator.route53.answer("Shop.example.com.", "A")?.alias?.name, "other.test");
    await provider.delete(RECORD, id, changed);
    await provider.delete(RECORD, id, changed);
    assert.equal((await provider.read(RECORD, id, { state: changed })).id, "");
  });

  it("lie in their zone, which exists", async () => {
    const { provider } = fixture;
    const make = (change: Bag) =>
      provider.make(RECORD, {
        zoneId: ZONE,
        name: "a.example.com",
        type: "A",
        aliases: [ALIAS],
        ...change,
      });
    await assert.rejects(make({ name: "example.org" }), /not permitted in zone example\.com/);
    await assert.rejects(make({ name: "badexample.com" }), /not permitted in zone/);
    await assert.rejects(make({ zoneId: "Z2" }), /NoSuchHostedZone: No hosted zone found .* Z2/);
    await assert.rejects(make({ records: ["1"] }), /one of `aliases,records`/);
    await assert.rejects(make({ ttl: 1 }), /conflicts with aliases/);
    await assert.rejects(make({ aliases: [], records: ["1"] }), /`records,ttl` must be/);
  });
});
