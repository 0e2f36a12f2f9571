import assert from "node:assert/strict";
import type { RequestOptions } from "node:https";
import { mock } from "node:test";
import { Record } from "@pulumi/aws/route53/record";
import * as pulumi from "@pulumi/pulumi";
import { KeyAlgorithm, type DomainArgs, type DomainRecord } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import { SteadyLoad } from "../../demo/load";
import { type EmulatedRoute53 } from "../../emulator";
import { askSecurely } from "../../emulator/tests/support/httpClient";
import { browsing } from "../support/browser";
import {
  arnsIn,
  CERTIFICATE,
  groupOf,
  outputsOf,
  Stage,
  TUTORIAL,
  type Run,
} from "../support/stage";

const ZONE = "Z0EXAMPLE000000000001";

describe("a domain", function () {
  this.timeout(180_000);
  const stage = Stage.forSuite();
  const named = (name: string, ...alternativeNames: string[]) =>
    groupOf({ ...TUTORIAL, domain: { name, zoneId: ZONE, alternativeNames } });

  const route53 = (): EmulatedRoute53 => stage().emulator.route53;

  /** Asks by the name, as a browser does. */
  const browse = async (host: string, run: Run) => {
    const { url, options } = await browsing(
      stage().emulator,
      host,
      arnsIn(run.outputs).listeners.https,
    );
    return askSecurely(url, options);
  };
  const certificates = () => stage().account.certificates.length;

  /** Requests by the name, each on a connection of its own. */
  const browsingLoad = async (host: string, run: Run, more: RequestOptions = {}) => {
    const { https } = arnsIn(run.outputs).listeners;
    const { url, options } = await browsing(stage().emulator, host, https);
    return new SteadyLoad(url, 40, {
      ...options,
      ...more,
      rejectUnauthorized: false,
      agent: false,
    });
  };

  it("is served over HTTPS under its name, all from one argument", async () => {
    const before = certificates();
    const preview = await stage().preview(named("www.example.com"));
    assert.equal(certificates(), before);
    const run = await stage().up(named("www.example.com"));
    assert.deepEqual([...new Set(preview.steps)].sort(), [...new Set(run.steps)].sort());
    assert.deepEqual(run.warnings, []);
    assert.equal(run.outputs.url.value, "https://www.example.com");
    await stage().healthy(arnsIn(run.outputs).targetGroup);

    const { status, body } = await browse("www.example.com", run);
    assert.equal(status, 200);
    assert.match(body, /^i-0a1b2c3d4e5f6000\d/);
    const order = ["web-domain", "web-validation-www.example.com", "web-domain-validation"];
    const made = [...order, "web-https", "web-a-www.example.com"].map((name) => `create ${name}`);
    assert.deepEqual(
      run.steps.filter((step) => made.includes(step)),
      made,
    );
    const again = await stage().preview(named("www.example.com"), { expectNoChanges: true });
    assert.deepEqual(again.steps, []);
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("gets another name by a new certificate, which serves before the old one is deleted", async () => {
    const before = certificates();
    const run = await stage().up(named("www.example.com", "*.shop.example.com"));
    assert.equal(certificates(), before);
    const untouched = ["web-validation-www.example.com", "web-a-www.example.com", "web-http"];
    for (const name of untouched) {
      assert.ok(!run.steps.some((step) => step.endsWith(` ${name}`)), name);
    }
    const at = (step: string) => run.steps.indexOf(step);
    assert.ok(at("update web-https") >= 0);
    assert.ok(at("update web-https") < at("delete-replaced web-domain"), run.steps.join());
    for (const host of ["www.example.com", "eu.shop.example.com"]) {
      assert.equal((await browse(host, run)).status, 200, host);
    }
  });

  it("serves its old name until the new one is validated, even after an error", async () => {
    const domain = { name: "www.example.org", zoneId: ZONE };
    const elsewhere = groupOf({ ...TUTORIAL, domain, preflight: "off" });
    await assert.rejects(stage().up(elsewhere), /not permitted in zone example\.com/);
    const run = await stage().up(named("www.example.com", "*.shop.example.com"));
    assert.equal((await browse("www.example.com", run)).status, 200);

    const moved = await stage().up(named("new.example.com"));
    const at = (step: string) => moved.steps.indexOf(step);
    assert.ok(at("update web-https") > at("create web-validation-new.example.com"));
    assert.ok(at("create web-a-new.example.com") > at("update web-https"));
    assert.ok(at("delete web-a-www.example.com") > at("create web-a-new.example.com"));
    assert.equal((await browse("new.example.com", moved)).status, 200);
    assert.equal(route53().answer("www.example.com", "A"), undefined);
    assert.equal(moved.outputs.url.value, "https://new.example.com");
  });

  it("is refused at preview if its zone has another name, or is private", async () => {
    await assert.rejects(
      stage().preview(named("www.example.org")),
      /domain\.name: www\.example\.org is not in example\.com/,
    );
    const zone = { zoneId: "Z0EXAMPLE000000000002", name: "internal.test", isPrivate: true };
    stage().account.hostedZones.push(zone);
    const domain = { name: "www.internal.test", zoneId: zone.zoneId };
    const hidden = groupOf({ ...TUTORIAL, domain });
    await assert.rejects(stage().preview(hidden), /hosted zone internal\.test is private/);
  });

  it("moves to a certificate that exists, which changes the listener alone, and loses no request", async () => {
    const domain = { name: "www.example.com", zoneId: ZONE };
    const before = await stage().up(groupOf({ ...TUTORIAL, domain }));
    const load = await browsingLoad("www.example.com", before);
    await load.further(20);
    const after = await stage().up(groupOf({ ...TUTORIAL, domain, certificateArn: CERTIFICATE }));
    await load.further(20);
    await load.stop();
    assert.deepEqual(
      load.answers.filter(({ failure }) => failure !== undefined),
      [],
    );
    assert.equal(after.steps[0], "update web-https");
    assert.deepEqual(after.steps.slice(1).sort(), [
      "delete web-domain",
      "delete web-domain-validation",
      "delete web-validation-www.example.com",
    ]);
    assert.equal(after.outputs.url.value, "https://www.example.com");
    assert.equal((await browse("www.example.com", after)).status, 200);
  });

  it("moves to a private zone, while the public one validates", async () => {
    const privateZone = { zoneId: "Z0EXAMPLE000000000003", name: "example.com", isPrivate: true };
    stage().account.hostedZones.push(privateZone);
    const { zoneId } = privateZone;
    const domain = { name: "www.example.com", zoneId, validationZoneId: ZONE };
    const run = await stage().up(groupOf({ ...TUTORIAL, domain }));
    const inZone = (id: string) =>
      route53()
        .recordsIn(id)
        .filter(({ name }) => name.includes("www."))
        .map(({ type }) => type);
    assert.deepEqual(inZone(zoneId), ["A"]);
    assert.deepEqual(inZone(ZONE), ["CNAME"]);
    assert.equal(run.outputs.url.value, "https://www.example.com");
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("has names in several zones, and serves them with one certificate", async () => {
    const org = { zoneId: "Z0EXAMPLE000000000004", name: "example.org" };
    stage().account.hostedZones.push(org);
    const zones = { "example.org": { zoneId: org.zoneId } };
    const domain = { name: "www.example.com", zoneId: ZONE };
    const alternativeNames = ["example.org", "*.example.org"];
    const one = await stage().up(groupOf({ ...TUTORIAL, domain }));
    const load = await browsingLoad("www.example.com", one);
    await load.further(20);
    const run = await stage().up(
      groupOf({ ...TUTORIAL, domain: { ...domain, alternativeNames, zones } }),
    );
    await load.further(20);
    await load.stop();
    assert.deepEqual(
      load.answers.filter(({ failure }) => failure !== undefined),
      [],
    );
    for (const host of ["www.example.com", "example.org", "shop.example.org"]) {
      assert.equal((await browse(host, run)).status, 200, host);
    }
    const moved = { name: "www.example.com", alternativeNames };
    const inZones = { ...zones, "example.com": { zoneId: ZONE } };
    const again = await stage().up(groupOf({ ...TUTORIAL, domain: { ...moved, zones: inZones } }));
    assert.deepEqual(again.steps, []);
  });

  it("has certificates of two kinds of keys, and serves each client by one that it knows", async () => {
    const domain = { name: "www.example.com", zoneId: ZONE };
    const keyed = (...keyAlgorithms: KeyAlgorithm[]) =>
      groupOf({ ...TUTORIAL, domain: { ...domain, keyAlgorithms } });
    const { Rsa2048: rsa, EcPrime256v1: ec } = KeyAlgorithm;
    const before = await stage().up(groupOf({ ...TUTORIAL, domain }));
    const known = certificates();
    const [rsaOnly, ecOnly] = await Promise.all(
      ["rsa_pss_rsae_sha256:RSA+SHA256", "ECDSA+SHA256"].map(async (sigalgs) =>
        browsingLoad("www.example.com", before, { sigalgs }),
      ),
    );
    await rsaOnly.further(20);
    const both = await stage().up(keyed(rsa, ec));
    assert.deepEqual(both.steps.sort(), [
      "create web-domain-EC_prime256v1",
      "create web-domain-certificate-EC_prime256v1",
      "create web-domain-certificate-RSA_2048",
      "create web-domain-validation-EC_prime256v1",
    ]);
    assert.equal(certificates(), known + 1);
    const since = performance.now();
    await ecOnly.further(20);
    const swapped = await stage().up(keyed(ec, rsa));
    assert.deepEqual(swapped.steps, ["update web-https"]);
    await Promise.all([rsaOnly.further(20), ecOnly.further(20)]);
    await Promise.all([rsaOnly.stop(), ecOnly.stop()]);
    const lost = (load: SteadyLoad) => load.answers.filter(({ failure }) => failure !== undefined);
    assert.deepEqual(lost(rsaOnly), []);
    assert.deepEqual(
      lost(ecOnly).filter(({ startedAt }) => startedAt > since),
      [],
    );
    assert.ok(lost(ecOnly).length > 0);

    const alone = await stage().up(keyed(ec));
    assert.equal(certificates(), known);
    assert.ok(!alone.steps.includes("update web-https"));
    assert.equal((await browse("www.example.com", alone)).status, 200);
    assert.deepEqual((await stage().refresh()).steps, []);
  });

  it("leaves nothing behind", async () => {
    await stage().up(named("new.example.com"));
    const before = certificates();
    await stage().destroy();
    assert.equal(certificates(), before - 1);
    assert.equal(route53().answer("new.example.com", "A"), undefined);
  });

  it("leaves the record that validates another certificate of the same name", async () => {
    const shop = { name: "shop.example.com", zoneId: ZONE };
    const others = {
      ...shop,
      name: "www.shop.example.com",
      alternativeNames: ["*.shop.example.com"],
    };
    const groups = (domains: { [name: string]: DomainArgs }) => () => {
      for (const [name, domain] of Object.entries(domains)) {
        new LoadBalancedGroup(name, { ...TUTORIAL, domain });
      }
      return Promise.resolve({});
    };
    await stage().up(groups({ shop, others }));
    const validation = () =>
      route53()
        .recordsIn(ZONE)
        .filter(({ type, name }) => type === "CNAME" && name.includes("shop"));
    const before = validation();
    assert.equal(before.length, 2);
    await stage().up(groups({ shop }));
    assert.deepEqual(validation(), before);
  });

  describe("whose DNS is elsewhere", () => {
    const NET = { zoneId: "Z0EXAMPLE000000000005", name: "example.net" };
    const domain = { name: "www.example.net" };
    const outputs = (group: LoadBalancedGroup) => ({
      ...outputsOf(group),
      domainRecords: group.domainRecords,
    });
    /** Gives up its validation after a second. */
    const impatient: pulumi.ResourceTransformation = ({ type, props, opts }) =>
      type.startsWith("aws:acm/certificateValidation:")
        ? { props, opts: { ...opts, customTimeouts: { create: "1s" } } }
        : undefined;
    before(() => {
      stage().account.hostedZones.push(NET);
    });

    const program =
      (transformations: pulumi.ResourceTransformation[] = []): pulumi.automation.PulumiFn =>
      () =>
        Promise.resolve(
          outputs(new LoadBalancedGroup("web", { ...TUTORIAL, domain }, { transformations })),
        );
    /** Makes the records that a warning lists, as somebody does who reads it. */
    const makeRecords = (warning: string) => {
      for (const [, name, value] of warning.matchAll(/the DNS record (\S+) CNAME (\S+) if/g)) {
        const record = { name, type: "CNAME", ttl: 60, values: [`${value}.`] };
        route53().change("CREATE", NET.zoneId, record);
      }
    };
    /** Resolves with the first warning from now on that a certificate waits. */
    const waitingWarning = async () =>
      new Promise<string>((resolve) => {
        const warn = mock.method(pulumi.log, "warn", (text: string, resource: pulumi.Resource) => {
          if (/waits for it/.test(text)) {
            warn.mock.restore();
            resolve(text);
          }
          return logWarning(text, resource);
        });
      });

    it("is told which records it lacks, and waits for them", async () => {
      const preview = await stage().preview(program());
      assert.match(preview.warnings.join(), /certificate of www\.example\.net .* domainRecords/);
      void waitingWarning().then(makeRecords);
      const run = await stage().up(program());
      assert.match(
        run.warnings.join(),
        /create the DNS record _\w+\.www\.example\.net CNAME .* waits for it, up to 75 minutes/,
      );
      assert.equal(run.outputs.url.value, "https://www.example.net");
      const again = await stage().preview(program());
      assert.deepEqual([again.steps, again.warnings], [[], []]);
      await stage().destroy();
    });

    it("goes on with the same certificate after an update that was too short", async () => {
      for (const record of route53().recordsIn(NET.zoneId)) {
        route53().change("DELETE", NET.zoneId, record);
      }
      const warned = waitingWarning();
      const timeout = /timeout while waiting for state to become 'ISSUED'/;
      await assert.rejects(stage().up(program([impatient])), timeout);
      const requested = stage().account.certificates.map(({ certificateArn }) => certificateArn);
      makeRecords(await warned);
      const run = await stage().up(program());
      assert.equal(run.outputs.url.value, "https://www.example.net");
      assert.deepEqual(
        stage().account.certificates.map(({ certificateArn }) => certificateArn),
        requested,
      );
    });

    it("is served once the program has made the records in a zone of its own", async () => {
      const run = await stage().up(() => {
        const group = new LoadBalancedGroup("web", { ...TUTORIAL, domain });
        group.domainRecords.apply((records) =>
          records.map(({ name, type, value }) => {
            const content = { name, type, records: [value], ttl: 60, allowOverwrite: true };
            return new Record(name, { zoneId: NET.zoneId, ...content });
          }),
        );
        return Promise.resolve(outputs(group));
      });
      const records = run.outputs.domainRecords.value as DomainRecord[];
      assert.deepEqual(
        records.map(({ name, type }) => `${name.replace(/^_\w+/, "_")} ${type}`),
        ["_.www.example.net CNAME", "www.example.net CNAME"],
      );
      assert.equal((await browse("www.example.net", run)).status, 200);
    });
  });
});

const logWarning = pulumi.log.warn;
