import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { readManifest } from "../../tools/package/manifest";
import { PERMISSIONS_FILE, withActions } from "../../tools/package/permissions";
import { policyFile, policyText } from "../../tools/package/policies";
import {
  README_FILE,
  REFERENCE_FILE,
  referencePage,
  withArguments,
} from "../../tools/package/reference";
import { makeSchema, schemaText } from "../../tools/package/schema";
import { SCHEMA_FILE } from "../../tools/package/schemaFile";
import type { PackageSpec, PropertySpec } from "../../tools/package/spec";

const GROUP = "load-balanced-group:index:LoadBalancedGroup";

describe("the schema", () => {
  let schema: PackageSpec;
  before(function () {
    this.timeout(180_000);
    schema = makeSchema();
  });

  /** Everything in the schema that has a description, by where it stands. */
  function described(): [string, PropertySpec][] {
    const group = schema.resources[GROUP];
    const under = (name: string, properties: Readonly<Record<string, PropertySpec>> = {}) =>
      Object.entries(properties).map(([key, one]): [string, PropertySpec] => [
        `${name}.${key}`,
        one,
      ]);
    return [
      [GROUP, group],
      ...under("input", group.inputProperties),
      ...under("output", group.properties),
      ...Object.entries(schema.types).flatMap(([name, type]): [string, PropertySpec][] => [
        [name, type],
        ...under(name, type.properties),
      ]),
    ];
  }

  it("is the one that is checked in; npm run schema writes it", async () => {
    assert.equal(await readFile(SCHEMA_FILE, "utf8"), await schemaText(schema));
  });

  it("has given the reference, the table in the README and the IAM actions, which npm run schema writes too", async () => {
    assert.equal(await readFile(REFERENCE_FILE, "utf8"), await referencePage(schema));
    const readme = await readFile(README_FILE, "utf8");
    assert.equal(readme, await withArguments(readme, schema));
    const permissions = await readFile(PERMISSIONS_FILE, "utf8");
    assert.equal(permissions, await withActions(permissions));
    for (const name of ["preview", "deploy", "destroy"] as const) {
      assert.equal(await readFile(policyFile(name), "utf8"), await policyText(name));
    }
  });

  it("describes every argument, output and type", () => {
    const all = described();
    const bare = all.filter(([, { description = "" }]) => !/\S\.$/m.test(description));
    assert.ok(all.length > 60, String(all.length));
    assert.deepEqual(
      bare.map(([name]) => name),
      [],
    );
  });

  it("has whole descriptions: TypeScript ends one at an @ after a space", () => {
    const cut = described().filter(
      ([, { description = "" }]) => description.split("`").length % 2 === 0,
    );
    assert.deepEqual(
      cut.map(([name]) => name),
      [],
    );
  });

  it("names the pages of its sources in full", () => {
    for (const [name, { description = "" }] of described()) {
      for (const [page] of description.matchAll(/\S*\.html/g)) {
        assert.match(
          page,
          // Those of other services stand in full in the sources already.
          /^https:\/\/docs\.aws\.amazon\.com\/(?!\S*https:)/,
          name,
        );
      }
    }
  });

  it("needs no other package, of which consumers would have to install the plugin", () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]*)"/g)];
    assert.ok(references.length > 0);
    for (const [, reference] of references) {
      const name = /^#\/types\/(load-balanced-group:index:\w+)$/.exec(reference)?.[1] ?? reference;
      assert.ok(name in schema.types, name);
    }
    assert.ok(!("dependencies" in schema));
  });

  it("has the plain properties, the whole numbers and the choices", () => {
    const { instanceIds, port, preflight } = schema.resources[GROUP].inputProperties;
    assert.deepEqual(
      { plain: instanceIds.plain, items: instanceIds.items },
      { plain: true, items: { type: "string", plain: true } },
    );
    assert.equal(port.type, "integer");
    const { enum: choices = [] } = schema.types["load-balanced-group:index:Preflight"];
    assert.deepEqual(preflight.oneOf, [
      { type: "string", plain: true },
      { type: "string", $ref: "#/types/load-balanced-group:index:Preflight", plain: true },
    ]);
    assert.deepEqual(
      choices.find(({ value }) => value === "enforce"),
      {
        name: "Enforce",
        value: "enforce",
        description: "Refuse the group before anything is created.",
      },
    );
  });

  it("has the defaults that are the same for every group, and no others", () => {
    const defaults = described()
      .filter(([, property]) => property.default !== undefined)
      .map(([name, property]) => [name.replace(/^.*:/, ""), property.default]);
    // A target group under a key has the settings of the main one.
    const own = defaults.filter(([name]) => !String(name).startsWith("NamedTargetGroup."));
    assert.deepEqual(Object.fromEntries(own), {
      "input.internal": false,
      "input.dashboard": false,
      "Alarms.elb5xxPercent": 1,
      "Alarms.rejectedConnections": 1,
      "Alarms.target5xxPercent": 5,
      "Alarms.targetResponseTime": 1000,
      "Alarms.unhealthyHosts": 1,
      "FixedResponse.contentType": "text/plain",
      "Forward.managedElsewhere": false,
      "AuthenticateCognito.onUnauthenticatedRequest": "authenticate",
      "AuthenticateCognito.sessionTimeout": 604800,
      "AuthenticateOidc.onUnauthenticatedRequest": "authenticate",
      "AuthenticateOidc.sessionTimeout": 604800,
      "input.httpsOnly": false,
      "input.httpsPort": 443,
      "input.redirectStatusCode": "HTTP_301",
      "input.port": 80,
      "input.deletionProtection": false,
      "input.idleTimeout": 60,
      "input.clientKeepAlive": 3600,
      "input.dropInvalidHeaderFields": true,
      "input.desyncMitigationMode": "defensive",
      "input.xffHeaderProcessingMode": "append",
      "input.xffClientPort": false,
      "input.preserveHostHeader": false,
      "input.tlsVersionAndCipherSuiteHeaders": false,
      "input.wafFailOpen": false,
      "input.zonalShift": false,
      "input.http2": true,
      "input.ipAddressType": "ipv4",
      "input.logExpirationDays": 365,
      "Logs.enabled": true,
      "MutualAuthentication.advertiseTrustStoreCaNames": "off",
      "MutualAuthentication.ignoreClientCertificateExpiry": false,
      "input.preflight": "enforce",
      "TargetGroup.port": 80,
      "TargetGroup.protocol": "HTTP",
      "TargetGroup.protocolVersion": "HTTP1",
      "TargetGroup.targetType": "instance",
      "TargetGroup.ipAddressType": "ipv4",
      "TargetGroup.deregistrationDelay": 300,
      "TargetGroup.slowStart": 0,
      "TargetGroup.loadBalancingAlgorithmType": "round_robin",
      "TargetGroup.loadBalancingAnomalyMitigation": "off",
      "TargetGroup.loadBalancingCrossZone": "use_load_balancer_configuration",
      "UnhealthyStateRouting.minimumHealthyTargetsCount": 1,
      "Stickiness.type": "lb_cookie",
      "ResponseHeaders.server": true,
      "Stickiness.cookieDuration": 86400,
      "HealthCheck.healthyThreshold": 2,
      "HealthCheck.unhealthyThreshold": 2,
    });
  });

  it("has a default wherever the description names one value, and the same", () => {
    const read = (text: string, { type, oneOf }: PropertySpec) => {
      if (type === "integer" && /^\d+$/.test(text)) return Number(text);
      if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
      const reference = oneOf?.at(1)?.$ref ?? "";
      const { enum: choices } = schema.types[reference.slice("#/types/".length)] ?? {};
      return choices?.find(({ value }) => value === text)?.value;
    };
    for (const [name, property] of described()) {
      const text = /Defaults to `?([\w/]+)`?(?=[.:,]\s|\.$)/.exec(property.description ?? "")?.[1];
      assert.equal(property.default, text && read(text, property), name);
    }
  });

  it("names choices so that each language can spell them in its own way", () => {
    const names = Object.values(schema.types).flatMap(({ enum: choices = [] }) =>
      choices.map(({ name }) => name),
    );
    // Python would make HTT_P_301 of HTTP_301.
    assert.deepEqual(
      names.filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name)),
      [],
    );
  });

  it("does not name arguments as generators do, which would name them twice", () => {
    assert.deepEqual(
      Object.keys(schema.types).filter((name) => name.endsWith("Args")),
      [],
    );
  });

  it("says where releases are, as soon as package.json names a repository", function () {
    this.timeout(180_000);
    const manifest = readManifest();
    const without = makeSchema({ ...manifest, repository: undefined });
    assert.ok(!("pluginDownloadURL" in without));
    const repository = { url: "git+https://github.com/someone/load-balanced-group.git" };
    const released = makeSchema({ ...manifest, repository });
    assert.deepEqual(
      { ...released, ...without },
      {
        ...without,
        repository: "https://github.com/someone/load-balanced-group",
        pluginDownloadURL: "github://api.github.com/someone/load-balanced-group",
      },
    );
  });
});
