import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SSL_POLICIES } from "../../components/plan/securityPolicies";
import { CERTIFICATE, TUTORIAL, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { UNKNOWN, type Recording } from "../support/recorder";

const ADDITION = "aws:lb/listenerCertificate:ListenerCertificate";
const OTHER = CERTIFICATE.replace("one", "two");

const names = ({ registrations }: Recording) => registrations.map(({ name }) => name).sort();
const encrypted = (args: object = {}, group: object = TUTORIAL) =>
  recordGroup({ ...group, certificateArn: CERTIFICATE, ...args });

describe("a group behind HTTPS", () => {
  describe("only", () => {
    it("has no other listener", async () => {
      const recording = await encrypted({ httpsOnly: true });
      assert.deepEqual(recording.failures, []);
      assert.deepEqual(
        names(recording).filter((name) => name.startsWith("web-http")),
        ["web-https"],
      );
      const { listenerArns } = recording.outputs.web as Record<string, unknown>;
      assert.deepEqual(listenerArns, { https: "arn:web-https" });
      assert.equal(recording.group.listeners.http, undefined);
    });

    it("admits clients on 443 and not on 80", async () => {
      const recording = await encrypted({ httpsOnly: true }, ZONES);
      assert.deepEqual(
        names(recording).filter((name) => name.startsWith("web-ingress-")),
        ["web-ingress-443-0.0.0.0/0"],
      );
    });

    it("takes nothing but the redirect and its rule away", async () => {
      const before = names(await encrypted({}, ZONES));
      const after = names(await encrypted({ httpsOnly: true }, ZONES));
      const gone = before.filter((name) => !after.includes(name));
      assert.deepEqual(gone, ["web-http", "web-ingress-80-0.0.0.0/0"]);
      assert.equal(after.length, before.length - 2);
    });
  });

  describe("with a security policy", () => {
    const warningsOf = async (sslPolicy: pulumi.Input<string>) => {
      const { find, warnings } = await encrypted({ sslPolicy });
      return { policy: find("web-https").inputs.sslPolicy, warnings };
    };

    it("accepts one that Security Hub accepts, without a warning", async () => {
      const sslPolicy = "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04";
      assert.deepEqual(await warningsOf(sslPolicy), { policy: sslPolicy, warnings: [] });
    });

    it("warns of one that Security Hub reports, by the control's name", async () => {
      const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
      for (const given of [sslPolicy, pulumi.output(Promise.resolve(sslPolicy))]) {
        const { policy, warnings } = await warningsOf(given);
        assert.equal(policy, sslPolicy);
        assert.equal(warnings.length, 1);
        assert.match(warnings[0], /TLS13-1-2-2021-06 .*ELB\.17.*TLS13-1-2-Res-PQ-2025-09/);
      }
    });

    it("advises a policy for FIPS to those who have one", async () => {
      const { warnings } = await warningsOf("ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04");
      const advised = /use (\S+), which this control accepts/.exec(warnings.join())?.[1] ?? "";
      assert.match(advised, /-FIPS-/);
      assert.deepEqual((await warningsOf(advised)).warnings, []);
    });

    it("warns of all but the eight that the control accepts", async () => {
      const silent: string[] = [];
      for (const sslPolicy of SSL_POLICIES) {
        if ((await warningsOf(sslPolicy)).warnings.length === 0) silent.push(sslPolicy);
      }
      assert.equal(silent.length, 8);
      for (const policy of silent) assert.match(policy, /TLS13-1-(3|2-Res)-/);
    });
  });

  describe("with additional certificates", () => {
    const additions = (recording: Recording) =>
      recording.registrations.filter(({ type }) => type === ADDITION);

    it("adds each to the listener, named by its ARN", async () => {
      const additionalCertificateArns = { shop: OTHER, "my blog": `${OTHER}2` };
      const recording = await encrypted({ additionalCertificateArns });
      assert.deepEqual(recording.failures, []);
      assert.deepEqual(
        additions(recording)
          .map(({ name }) => name)
          .sort(),
        ["web-listener-certificate-two", "web-listener-certificate-two2"],
      );
      assert.deepEqual(recording.find("web-listener-certificate-two").inputs, {
        certificateArn: OTHER,
        listenerArn: "arn:web-https",
      });
    });

    it("takes one away and touches no other", async () => {
      const both = { a: OTHER, b: `${OTHER}2` };
      const before = await encrypted({ additionalCertificateArns: both });
      const after = await encrypted({ additionalCertificateArns: { b: both.b } });
      assert.deepEqual(
        names(before).filter((name) => !names(after).includes(name)),
        ["web-listener-certificate-two"],
      );
      const kept = "web-listener-certificate-two2";
      assert.deepEqual(before.find(kept), after.find(kept));
    });

    it("shows them at preview, though their ARNs are not known yet", async () => {
      const unknown = pulumi.output(pulumi.unknown as unknown as string);
      const recording = await recordGroup(
        { ...ZONES, certificateArn: CERTIFICATE, additionalCertificateArns: { a: unknown } },
        { preview: true },
      );
      assert.deepEqual(recording.failures, []);
      assert.equal(recording.find("web-listener-certificate-a").inputs.certificateArn, UNKNOWN);
    });

    it("keeps a secret one secret", async () => {
      const additionalCertificateArns = { a: pulumi.secret(OTHER) };
      const { find } = await encrypted({ additionalCertificateArns });
      assert.deepEqual(find("web-listener-certificate-a").inputs.certificateArn, { secret: OTHER });
    });
  });

  describe("with response headers", () => {
    const headersOf = (inputs: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(
        Object.entries(inputs)
          .filter(([key]) => key.startsWith("routingHttpResponse"))
          .map(([key, value]) => [key.replace(/^routingHttpResponse/, ""), value]),
      );
    const responseHeaders = {
      strictTransportSecurity: "max-age=60",
      contentSecurityPolicy: "default-src 'self'",
      contentTypeOptions: "nosniff",
      frameOptions: "DENY",
      accessControlAllowOrigin: "*",
      accessControlAllowMethods: ["GET", pulumi.output("PUT")],
      accessControlAllowHeaders: ["X-A"],
      accessControlExposeHeaders: ["X-B", "X-C"],
      accessControlAllowCredentials: true,
      accessControlMaxAge: 0,
      server: false,
    };

    it("adds each at the listener that serves, and none at the redirect", async () => {
      const { find, failures } = await encrypted({ responseHeaders });
      assert.deepEqual(failures, []);
      assert.deepEqual(headersOf(find("web-https").inputs), {
        AccessControlAllowCredentialsHeaderValue: "true",
        AccessControlAllowHeadersHeaderValue: "X-A",
        AccessControlAllowMethodsHeaderValue: "GET, PUT",
        AccessControlAllowOriginHeaderValue: "*",
        AccessControlExposeHeadersHeaderValue: "X-B, X-C",
        AccessControlMaxAgeHeaderValue: "0",
        ContentSecurityPolicyHeaderValue: "default-src 'self'",
        ServerEnabled: false,
        StrictTransportSecurityHeaderValue: "max-age=60",
        XContentTypeOptionsHeaderValue: "nosniff",
        XFrameOptionsHeaderValue: "DENY",
      });
      assert.deepEqual(headersOf(find("web-http").inputs), {});
    });

    it("adds them at the HTTP listener where it is the one that serves", async () => {
      const headers = { frameOptions: "DENY", accessControlAllowCredentials: false };
      const { find } = await recordGroup({ ...TUTORIAL, responseHeaders: headers });
      assert.deepEqual(headersOf(find("web-http").inputs), {
        ServerEnabled: true,
        XFrameOptionsHeaderValue: "DENY",
      });
    });
  });
});
