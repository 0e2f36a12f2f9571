import {
  AdvertiseTrustStoreCaNames,
  MutualAuthenticationMode,
  type MutualAuthenticationArgs,
} from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";

const TRUST_STORE =
  /^arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):\d{12}:truststore\/[A-Za-z0-9-]+\/[0-9a-f]+$/;

const trustStoreArn = checks.text(
  "the ARN of a trust store",
  (value) => TRUST_STORE.test(value),
  'copy the ARN of the trust store, "arn:aws:elasticloadbalancing:<region>:<account>:truststore/<name>/<id>"',
);

/** The check of mutual authentication. Trust stores must be in the region. */
export function mutualAuthentication(region: string | undefined): checks.PlainCheck {
  const regional = { what: "a trust store", arn: TRUST_STORE, obtain: "create one" };
  return checks.object<MutualAuthenticationArgs>(
    {
      mode: checks.plain(
        checks.choice(MutualAuthenticationMode),
        "it decides which other settings are allowed",
      ),
      trustStoreArn: checks.inRegion(trustStoreArn, regional, region),
      ignoreClientCertificateExpiry: checks.flag(),
      advertiseTrustStoreCaNames: checks.choice(AdvertiseTrustStoreCaNames),
    },
    {
      required: ["mode"],
      relations: [trustStoreForVerify],
      defaults: DEFAULTS.MutualAuthentication,
    },
  );
}

/** Only the mode verify needs a trust store, and has further settings. */
const trustStoreForVerify: checks.Relation = {
  properties: ["ignoreClientCertificateExpiry"],
  check({ mode, ...others }, at) {
    if (mode === MutualAuthenticationMode.Verify) {
      if (others.trustStoreArn !== undefined) return;
      at.key("trustStoreArn").reportText(
        "required",
        "is required with the mode verify; set the ARN of the trust store",
      );
      return;
    }
    if (mode !== MutualAuthenticationMode.Off && mode !== MutualAuthenticationMode.Passthrough) {
      return;
    }
    for (const [key, value] of Object.entries(others)) {
      if (value === undefined) continue;
      at.key(key).reportRemoval(
        "conflict",
        "needs the mode verify; remove it, or set mode to verify",
      );
    }
  },
};
