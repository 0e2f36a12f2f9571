import type { LoadBalancedGroupArgs } from "../args";
import { adviceAt, problemAt, type Problem } from "../checks";
import type { AccountLookups } from "../lookups/account";
import type { BucketLookups } from "../lookups/buckets";
import { earlyText } from "../shared/previewValues";
import { policyMayLet } from "./bucketPolicies";
import { KINDS } from "./create";

/** A bucket that the arguments name, and the prefix of the logs in it. */
interface NamedBucket {
  readonly path: string;
  readonly bucket: string;
  /** Undefined if it is not known. */
  readonly prefix: string | undefined;
}

/**
 * The problems of the log buckets in the arguments. AWS looks for them only when it has created the load balancer.
 * A bucket that is an output may be created by the same program, even if its name is known at preview, so it is not
 * looked up.
 */
export async function logBucketProblems(
  args: LoadBalancedGroupArgs,
  aws: Pick<BucketLookups, "bucket">,
): Promise<Problem[]> {
  const found = (await namedBuckets(args)).map(async ({ path, bucket }) => {
    const { missing = false, isElsewhere = false, region } = (await aws.bucket(bucket)) ?? {};
    if (missing) return [problemAt("missing", path, noBucket(bucket))];
    return isElsewhere ? [problemAt("region", path, elsewhere(bucket, region))] : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Which log buckets have a policy that does not let Elastic Load Balancing write to them. These are only warnings:
 * the program may still change the policy.
 */
export async function logBucketAdvice(
  args: LoadBalancedGroupArgs,
  aws: Pick<BucketLookups, "bucket" | "bucketPolicy"> & Pick<AccountLookups, "accountId">,
): Promise<Problem[]> {
  const found = (await namedBuckets(args)).map(async ({ path, bucket, prefix }) => {
    const known = await aws.bucket(bucket);
    if (known === undefined || known.missing === true || known.isElsewhere === true) return [];
    const [policy, account] = await Promise.all([aws.bucketPolicy(bucket), aws.accountId()]);
    if (policy === undefined || account === undefined) return [];
    const folder = prefix === undefined || prefix === "" ? "" : `${prefix}/`;
    const key = prefix === undefined ? undefined : `${folder}AWSLogs/${account}/`;
    if (policyMayLet(policy, { bucket, key, account })) return [];
    return [adviceAt("unsuitable", path, noPermission(bucket, key, account))];
  });
  return (await Promise.all(found)).flat();
}

async function namedBuckets(args: LoadBalancedGroupArgs): Promise<NamedBucket[]> {
  const named = KINDS.map(async (kind) => {
    const { bucket, prefix, enabled = true } = args[kind] ?? {};
    if (typeof bucket !== "string" || enabled !== true) return [];
    return [{ path: `${kind}.bucket`, bucket, prefix: await earlyText(prefix ?? "") }];
  });
  return (await Promise.all(named)).flat();
}

const noBucket = (bucket: string) =>
  `there is no bucket ${bucket}; check the name, or create the bucket first, or leave out bucket to have one ` +
  "created; if this program creates the bucket, pass the output `bucket` of its resource";

const elsewhere = (bucket: string, region: string | undefined) =>
  `the bucket ${bucket} is in ${region ?? "another region"}, but must be in the load balancer's region; ` +
  "use a bucket of that region, or leave out bucket to have one created";

function noPermission(bucket: string, key = "", account: string): string {
  const statement = JSON.stringify({
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${bucket}/${key === "" ? `AWSLogs/${account}/` : key}*`,
  });
  return (
    `no policy lets Elastic Load Balancing write to the bucket ${bucket}, so AWS will refuse to turn the ` +
    `logs on; add this statement to the bucket's policy (with arn:aws-us-gov in GovCloud, and arn:aws-cn in ` +
    `China): ${statement}`
  );
}
