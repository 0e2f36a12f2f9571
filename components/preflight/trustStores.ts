import type { LoadBalancedGroupArgs } from "../args";
import { knownBefore } from "../known";
import type { Problem } from "../rules";
import type { AccountLookups } from "../lookups/account";
import type { LoadBalancingLookups } from "../lookups/loadBalancing";

const PATH = "mutualAuthentication.trustStoreArn";

/**
 * Whether the trust store is missing. One of another account, which that has shared, is not asked for,
 * since not everybody who may use it may look at it.
 */
export async function trustStoreProblems(
  { mutualAuthentication }: LoadBalancedGroupArgs,
  ask: Pick<AccountLookups, "accountId"> & Pick<LoadBalancingLookups, "trustStore">,
): Promise<Problem[]> {
  const arn = await knownBefore(mutualAuthentication?.trustStoreArn);
  if (arn === undefined || arn.split(":")[4] !== (await ask.accountId())) return [];
  const { missing = false } = await ask.trustStore(arn);
  if (!missing) return [];
  const reason =
    `${PATH}: there is no ${arn} in this account and region; ` +
    "check the ARN, the credentials and aws:region, or make the trust store first";
  return [{ propertyPath: PATH, reason }];
}
