/** The policy that AWS recommends. Security Hub's control ELB.17 accepts it. */
export const DEFAULT_SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

/** The same with ciphers that are validated for FIPS 140-3. */
export const FIPS_SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09";

/** The policies that Security Hub's control ELB.17 accepts. */
const ACCEPTED = named(
  "TLS13-1-3-2021-06",
  "TLS13-1-3-PQ-2025-09",
  "TLS13-1-3-FIPS-2023-04",
  "TLS13-1-3-FIPS-PQ-2025-09",
  "TLS13-1-2-Res-2021-06",
  "TLS13-1-2-Res-PQ-2025-09",
  "TLS13-1-2-Res-FIPS-2023-04",
  "TLS13-1-2-Res-FIPS-PQ-2025-09",
);

const REJECTED = named(
  "TLS13-1-2-2021-06",
  "TLS13-1-2-PQ-2025-09",
  "TLS13-1-2-FIPS-2023-04",
  "TLS13-1-2-FIPS-PQ-2025-09",
  "TLS13-1-2-Ext0-FIPS-2023-04",
  "TLS13-1-2-Ext0-FIPS-PQ-2025-09",
  "TLS13-1-2-Ext1-2021-06",
  "TLS13-1-2-Ext1-PQ-2025-09",
  "TLS13-1-2-Ext1-FIPS-2023-04",
  "TLS13-1-2-Ext1-FIPS-PQ-2025-09",
  "TLS13-1-2-Ext2-2021-06",
  "TLS13-1-2-Ext2-PQ-2025-09",
  "TLS13-1-2-Ext2-FIPS-2023-04",
  "TLS13-1-2-Ext2-FIPS-PQ-2025-09",
  "TLS13-1-1-2021-06",
  "TLS13-1-1-FIPS-2023-04",
  "TLS13-1-0-2021-06",
  "TLS13-1-0-PQ-2025-09",
  "TLS13-1-0-FIPS-2023-04",
  "TLS13-1-0-FIPS-PQ-2025-09",
  "FS-1-2-Res-2020-10",
  "FS-1-2-Res-2019-08",
  "FS-1-2-2019-08",
  "FS-1-1-2019-08",
  "FS-2018-06",
  "TLS-1-2-Ext-2018-06",
  "TLS-1-2-2017-01",
  "TLS-1-1-2017-01",
  "TLS-1-0-2015-04",
  "2016-08",
  "2015-05",
);

/** Every security policy that AWS has for application load balancers. */
export const SSL_POLICIES: readonly string[] = [...ACCEPTED, ...REJECTED];

/** Whether Security Hub's control ELB.17 reports a listener with the policy. */
export const isRejected = (policy: string) => REJECTED.includes(policy);

function named(...names: string[]): string[] {
  return names.map((name) => `ELBSecurityPolicy-${name}`);
}
