import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ACCOUNT, answersOf, TRUST_STORE } from "../support/account";
import { CERTIFICATE, ZONES } from "../support/exampleArgs";
import { reasonsOf, recordGroup } from "../support/recordGroup";
import { UNKNOWN, type RecorderOptions } from "../support/recorder";

const UNTOLD = pulumi.output(pulumi.unknown as unknown as string);

const recorded = (mutualAuthentication?: object, options: RecorderOptions = {}) => {
  const args = { ...ZONES, certificateArn: CERTIFICATE, mutualAuthentication };
  return recordGroup(args as LoadBalancedGroupArgs, options);
};

describe("mutual authentication", () => {
  const STRICT = { ignoreClientCertificateExpiry: false, advertiseTrustStoreCaNames: "off" };
  const verify = { mode: "verify", trustStoreArn: TRUST_STORE, ...STRICT };
  const settingsOf = async (mutualAuthentication?: object) => {
    const { find, failures } = await recorded(mutualAuthentication);
    assert.deepEqual(failures, []);
    assert.equal(find("web-http").inputs.mutualAuthentication, undefined);
    return find("web-https").inputs.mutualAuthentication;
  };

  it("asks clients of the HTTPS listener for certificates, with its settings", async () => {
    assert.deepEqual(await settingsOf(verify), verify);
    const lenient = { ...verify, ignoreClientCertificateExpiry: true };
    assert.deepEqual(await settingsOf(lenient), lenient);
    assert.deepEqual(await settingsOf({ mode: "passthrough" }), { mode: "passthrough" });
  });

  it("is switched off by its mode, and if it is left out", async () => {
    assert.deepEqual(await settingsOf({ mode: "off" }), { mode: "off" });
    assert.deepEqual(await settingsOf(), { mode: "off" });
  });

  it("takes a trust store that is made beside the group", async () => {
    const { failures, find } = await recorded(
      { ...verify, trustStoreArn: UNTOLD },
      { preview: true },
    );
    assert.deepEqual(failures, []);
    const { mutualAuthentication } = find("web-https").inputs;
    assert.deepEqual(mutualAuthentication, { ...verify, trustStoreArn: UNKNOWN });
  });

  describe("by a trust store", () => {
    const answered = async (account: object, mutualAuthentication: object, preview = false) => {
      const answer = answersOf({ ...ACCOUNT, ...account });
      const recording = await recorded(mutualAuthentication, { answer, preview });
      const { failures, warnings, invocations } = recording;
      const asked = invocations.filter(({ token }) => token.endsWith(":getTrustStore")).length;
      return { reasons: failures.flatMap(reasonsOf), asked, warnings };
    };
    const NONE = { loadBalancing: {} };
    const MISSING =
      `mutualAuthentication.trustStoreArn: there is no ${TRUST_STORE} in this account and region; ` +
      "check the ARN, the credentials and aws:region, or create the trust store first";

    it("that is missing is refused before a deployment, and one that is there is taken", async () => {
      const { reasons, asked } = await answered(NONE, verify);
      assert.deepEqual([reasons, asked], [[MISSING], 1]);
      const found = await answered({}, verify);
      assert.deepEqual([found.reasons, found.asked], [[], 1]);
    });

    it("that is another stack's is judged at preview", async () => {
      const given = { ...verify, trustStoreArn: pulumi.output(TRUST_STORE) };
      assert.deepEqual((await answered(NONE, given, true)).reasons, [MISSING]);
    });

    it("that another account shares is not asked for, nor one that is not known, nor none", async () => {
      const shared = TRUST_STORE.replace(/\d{12}/, "1".repeat(12));
      const settings = [
        { ...verify, trustStoreArn: shared },
        { ...verify, trustStoreArn: UNTOLD },
        { mode: "off" },
      ];
      for (const given of settings) {
        const { reasons, asked } = await answered(NONE, given, true);
        assert.deepEqual([reasons, asked], [[], 0]);
      }
    });

    it("that may not be asked for is taken with a warning", async () => {
      for (const action of ["elasticloadbalancing:DescribeTrustStores", "sts:GetCallerIdentity"]) {
        const { reasons, warnings } = await answered({ ...NONE, denied: [action] }, verify);
        assert.deepEqual(reasons, []);
        assert.match(
          warnings.join(),
          new RegExp(`${action}: the credentials lack the permission for this call`),
        );
      }
    });
  });
});
