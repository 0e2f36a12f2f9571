import type { SecureVersion } from "node:tls";
import { AwsError } from "../aws";

/** What AWS takes for an HTTPS listener that names no policy. */
export const DEFAULT_POLICY = "ELBSecurityPolicy-2016-08";

/** Each predefined policy of application load balancers with the TLS versions that it allows. */
const POLICIES = new Map<string, { minVersion: SecureVersion; maxVersion: SecureVersion }>();

function allow(minVersion: SecureVersion, maxVersion: SecureVersion, ...names: string[]): void {
  for (const name of names) {
    POLICIES.set(`ELBSecurityPolicy-${name}`, { minVersion, maxVersion });
  }
}

allow("TLSv1.3", "TLSv1.3", "TLS13-1-3-2021-06", "TLS13-1-3-FIPS-2023-04");
allow("TLSv1.3", "TLSv1.3", "TLS13-1-3-PQ-2025-09", "TLS13-1-3-FIPS-PQ-2025-09");
for (const kind of ["", "Res-", "Ext1-", "Ext2-"]) {
  allow("TLSv1.2", "TLSv1.3", `TLS13-1-2-${kind}2021-06`, `TLS13-1-2-${kind}PQ-2025-09`);
}
for (const kind of ["", "Res-", "Ext0-", "Ext1-", "Ext2-"]) {
  allow("TLSv1.2", "TLSv1.3", `TLS13-1-2-${kind}FIPS-2023-04`, `TLS13-1-2-${kind}FIPS-PQ-2025-09`);
}
allow("TLSv1.1", "TLSv1.3", "TLS13-1-1-2021-06", "TLS13-1-1-FIPS-2023-04");
allow("TLSv1", "TLSv1.3", "TLS13-1-0-2021-06", "TLS13-1-0-FIPS-2023-04");
allow("TLSv1", "TLSv1.3", "TLS13-1-0-PQ-2025-09", "TLS13-1-0-FIPS-PQ-2025-09");
allow("TLSv1.2", "TLSv1.2", "TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06");
allow("TLSv1.2", "TLSv1.2", "FS-1-2-2019-08", "FS-1-2-Res-2019-08", "FS-1-2-Res-2020-10");
allow("TLSv1.1", "TLSv1.2", "TLS-1-1-2017-01", "FS-1-1-2019-08");
allow("TLSv1", "TLSv1.2", "2016-08", "2015-05", "FS-2018-06", "TLS-1-0-2015-04");

/** The TLS versions that a policy allows. */
export function versionsOf(policy: string) {
  const versions = POLICIES.get(policy);
  if (versions === undefined) {
    throw new AwsError("SSLPolicyNotFound", `SSL policy '${policy}' not found`);
  }
  return versions;
}
