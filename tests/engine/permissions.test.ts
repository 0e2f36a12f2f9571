import assert from "node:assert/strict";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { LoadBalancedGroup } from "../../components/loadBalancedGroup";
import type { AwsCall } from "../../emulator";
import { POLICIES, type PolicyName } from "../../tools/package/policies";
import { RESOURCE_ACTIONS } from "../../tools/package/resourceActions";
import {
  accountForChanges,
  AUTO_SCALING_GROUPS,
  FUNCTIONS,
  GIVEN_GROUP,
  SERVERS_GROUP,
  TRUST_STORE,
} from "../changes/account";
import { CERTIFICATE, FIRST, OTHER_CERTIFICATE, SECOND, Stage, THIRD } from "../support/stage";

const account = accountForChanges();
const { region, accountId, hostedZones, webAcls } = account;
account.serverCertificates.push({
  name: "web",
  path: "/",
  arn: `arn:aws:iam::${accountId}:server-certificate/web`,
  expirationDate: "2099-01-01T00:00:00Z",
});

account.raisedQuotas["L-FB94F0B0"] = 12;

const userPool = {
  userPoolArn: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${region}_AbCdEfGhI`,
  userPoolClientId: "1234567890abcdef",
  userPoolDomain: "users",
};

/** Two groups that together have every type of resource, and make every lookup. */
const FIRST_GROUPS: Record<string, LoadBalancedGroupArgs> = {
  web: {
    availabilityZones: ["us-west-2a", "us-west-2b"],
    domain: {
      name: "www.example.com",
      zoneId: hostedZones[0].zoneId,
      // More than ten, so that the quota is looked up.
      alternativeNames: Array.from({ length: 11 }, (_, index) => `n${index}.example.com`),
    },
    additionalCertificateArns: { shop: OTHER_CERTIFICATE },
    instanceIds: [FIRST, SECOND],
    autoScalingGroupNames: { main: AUTO_SCALING_GROUPS[0] },
    targetSecurityGroupIds: [SERVERS_GROUP],
    ingressCidrBlocks: ["192.0.2.0/24"],
    rules: {
      api: { priority: 5, pathPatterns: ["/api/*"], fixedResponse: { statusCode: 404 } },
      admin: { pathPatterns: ["/admin"], targetGroup: "default", authenticateCognito: userPool },
    },
    mutualAuthentication: { mode: "verify", trustStoreArn: TRUST_STORE },
    webAclArn: webAcls[0].arn,
    accessLogs: {},
    dashboard: true,
    alarms: { topicArns: [`arn:aws:sns:${region}:${accountId}:alerts`] },
    tags: { team: "web", stage: "test" },
  },
  given: {
    availabilityZones: ["us-west-2a", "us-west-2b"],
    certificateArn: account.serverCertificates[0].arn,
    securityGroupIds: [GIVEN_GROUP],
    targetGroup: { targetType: "lambda" },
    targets: { api: { id: FUNCTIONS[0] } },
    connectionLogs: { bucket: account.logBuckets[0] },
    responseHeaders: { frameOptions: "DENY" },
    minimumCapacityUnits: 100,
    ipv4IpamPoolId: "ipam-pool-1",
  },
};

/** The same groups after a change of each resource that can be changed. */
const CHANGED_GROUPS: Record<string, LoadBalancedGroupArgs> = {
  web: {
    ...FIRST_GROUPS.web,
    availabilityZones: ["us-west-2a", "us-west-2b", "us-west-2c"],
    ipAddressType: "dualstack",
    idleTimeout: 120,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    targetGroup: { deregistrationDelay: 60, healthCheck: { path: "/health", port: 8080 } },
    instanceIds: [FIRST, THIRD],
    rules: {
      api: { priority: 5, pathPatterns: ["/api/*"], fixedResponse: { statusCode: 410 } },
      admin: {
        hostHeaders: ["www.example.com"],
        pathPatterns: ["/admin"],
        targetGroup: "default",
        authenticateCognito: userPool,
      },
    },
    additionalCertificateArns: { shop: CERTIFICATE },
    webAclArn: webAcls[1].arn,
    logExpirationDays: 30,
    dashboard: false,
    alarms: { topicArns: [`arn:aws:sns:${region}:${accountId}:on-call`] },
    tags: { team: "shop" },
  },
  given: {
    ...FIRST_GROUPS.given,
    securityGroupIds: [GIVEN_GROUP, SERVERS_GROUP],
    responseHeaders: { frameOptions: "SAMEORIGIN" },
    minimumCapacityUnits: 200,
    ipv4IpamPoolId: "ipam-pool-2",
  },
};

/** What is left when most is removed in an update. */
const REMAINING_GROUPS: Record<string, LoadBalancedGroupArgs> = {
  web: {
    availabilityZones: ["us-west-2a", "us-west-2b"],
    securityGroupIds: [GIVEN_GROUP],
    instanceIds: [FIRST],
  },
};

const programOf = (groups: Record<string, LoadBalancedGroupArgs>) => () => {
  for (const [name, args] of Object.entries(groups)) new LoadBalancedGroup(name, args);
  return Promise.resolve({});
};

const PREFIXES: Readonly<Record<AwsCall["service"], string>> = {
  acm: "acm",
  autoScaling: "autoscaling",
  cloudWatch: "cloudwatch",
  ec2: "ec2",
  elb: "elasticloadbalancing",
  iam: "iam",
  lambda: "lambda",
  route53: "route53",
  s3: "s3",
  serviceQuotas: "servicequotas",
  sts: "sts",
  waf: "wafv2",
};

/** The actions of S3 that are not named after the call: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const OTHER_NAMES: Readonly<Partial<Record<string, string>>> = {
  HeadBucket: "ListBucket",
  GetBucketEncryption: "GetEncryptionConfiguration",
  PutBucketEncryption: "PutEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};

const actionOf = ({ service, call }: AwsCall) =>
  `${PREFIXES[service]}:${OTHER_NAMES[call] ?? call}`;

const actionsIn = (...names: PolicyName[]) =>
  new Set(names.flatMap((name) => POLICIES[name].Statement.flatMap(({ Action }) => Action)));

/**
 * The actions that the emulator does not see, by the reason why they are needed. What is "read by the provider" is
 * from the source file of the type in `RESOURCE_ACTIONS`.
 */
const UNSEEN: Readonly<Record<string, readonly string[]>> = {
  "read by the provider; the emulator reads it with the resource": [
    "acm:ListTagsForCertificate",
    "cloudwatch:ListTagsForResource",
    "ec2:DescribeVpcAttribute",
    "elasticloadbalancing:DescribeCapacityReservation",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "iam:GetServerCertificate",
    "route53:ListTagsForResource",
  ],
  "read by the provider of every bucket; the emulator has no such settings": [
    "s3:GetAccelerateConfiguration",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLocation",
    "s3:GetBucketLogging",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetReplicationConfiguration",
    "s3:ListTagsForResource",
    "s3:PutBucketTagging",
  ],
  "the provider waits for it; in the emulator, a change of a record is done at once": [
    "route53:GetChange",
  ],
  "checked by AWS within another call": [
    "cognito-idp:DescribeUserPoolClient",
    "ec2:DescribeAccountAttributes",
    "ec2:DescribeAddresses",
    "elasticloadbalancing:SetWebACL",
    "iam:CreateServiceLinkedRole",
  ],
  "to correct a rule that was changed outside of Pulumi": ["ec2:ModifySecurityGroupRules"],
  "a lookup for zones that have no subnet": ["ec2:DescribeAvailabilityZones"],
};

describe("the policy documents", () => {
  const stage = Stage.forSuite({ account });
  const seen = new Map<string, Set<string>>();

  /** Notes the actions of a run, and returns those that these policies don't allow. */
  async function denied(policies: PolicyName[], run: () => Promise<unknown>): Promise<string[]> {
    const { calls } = stage().emulator;
    const from = calls.length;
    await run();
    const allowed = actionsIn(...policies);
    const actions = new Set(calls.slice(from).map(actionOf));
    for (const name of policies) {
      const known = seen.get(name) ?? new Set();
      seen.set(name, new Set([...known, ...actions]));
    }
    return [...actions].filter((action) => !allowed.has(action));
  }

  it("allow a preview before there is anything", async () => {
    const run = () => stage().preview(programOf(FIRST_GROUPS));
    assert.deepEqual(await denied(["preview"], run), []);
  });

  it("allow to deploy every type of resource", async () => {
    const run = () => stage().up(programOf(FIRST_GROUPS));
    assert.deepEqual(await denied(["preview", "deploy"], run), []);
    const { deployment } = await stage().stack.exportStack();
    const { resources } = deployment as { resources: { type: string }[] };
    const types = new Set(resources.flatMap(({ type }) => /^aws:(.*)/.exec(type)?.[1] ?? []));
    assert.deepEqual([...types].sort(), RESOURCE_ACTIONS.map(({ type }) => type).sort());
  });

  it("allow a preview and a refresh of what is there", async () => {
    const preview = () => stage().preview(programOf(CHANGED_GROUPS));
    assert.deepEqual(await denied(["preview"], preview), []);
    const refresh = () => stage().refresh();
    assert.deepEqual(await denied(["preview"], refresh), []);
  });

  it("allow to change it", async () => {
    const run = () => stage().up(programOf(CHANGED_GROUPS));
    assert.deepEqual(await denied(["preview", "deploy"], run), []);
  });

  it("allow to remove most of it, and to add it again", async () => {
    const remove = () => stage().up(programOf(REMAINING_GROUPS));
    assert.deepEqual(await denied(["preview", "deploy"], remove), []);
    const add = () => stage().up(programOf(FIRST_GROUPS));
    assert.deepEqual(await denied(["preview", "deploy"], add), []);
  });

  it("allow to destroy it", async () => {
    const run = () => stage().destroy();
    assert.deepEqual(await denied(["preview", "destroy"], run), []);
  });

  it("allow nothing else, but for a listed reason", () => {
    const unseen = (["preview", "deploy", "destroy"] as const).flatMap((name) =>
      [...actionsIn(name)].filter((action) => !seen.get(name)?.has(action)),
    );
    assert.deepEqual([...new Set(unseen)].sort(), Object.values(UNSEEN).flat().sort());
  });

  it("fit into a managed policy of IAM, which may have 6144 characters", () => {
    for (const policy of Object.values(POLICIES)) {
      assert.ok(JSON.stringify(policy).length <= 6144);
    }
  });
});
