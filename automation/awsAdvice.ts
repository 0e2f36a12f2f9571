import { valueAt } from "../components/checks";
import type { Rejection } from "./errors";

/** What to do about an error code of AWS, and the argument that caused it. */
interface Advice {
  readonly advice: string;
  readonly property?: string;
  readonly retryable?: boolean;
}

const QUOTA = "or request a higher quota in the Service Quotas console.";
const CREDENTIALS = "Check the AWS credentials";
const PERMISSION =
  "The credentials lack the permission for this call: allow it in an IAM policy of the identity that " +
  "aws sts get-caller-identity shows. The file docs/permissions.md of the package load-balanced-group " +
  "lists all permissions. If a policy denies the call, change that policy.";
const GONE =
  "was deleted outside of Pulumi: update the state with refresh(), or with pulumi refresh --stack <ENVIRONMENT>, " +
  "then try again.";
const LATER =
  "AWS could not handle the call at this time. The state has all changes that were made before.";

/**
 * By error code of Elastic Load Balancing, EC2 and the SDK.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html and the
 * errors of each action; https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const ADVICE: Readonly<Partial<Record<string, Advice>>> = {
  DuplicateLoadBalancerName: {
    advice:
      "Another load balancer has this name: choose another name, or delete that load balancer.",
    property: "name",
  },
  DuplicateTargetGroupName: {
    advice: "Another target group has this name: choose another name, or delete that target group.",
    property: "name",
  },
  DuplicateListener: {
    advice:
      "The load balancer already has a listener on this port: choose another port, or delete that listener. If " +
      "the load balancer is adopted, add the ARN of that listener to adopt.listenerArns.",
    property: "port",
  },
  PriorityInUse: {
    advice:
      "Another rule of the listener has this priority. Choose another priority, or if that rule should become " +
      "part of the group, add its ARN to adopt.ruleArns. To exchange two priorities, first give one of the " +
      "rules a free priority in a separate update.",
    property: "rules",
  },
  ResourceInUse: {
    advice:
      "Something else still uses the resource, such as a listener or a rule that was created by hand: delete " +
      "that listener or rule, or change what it refers to, then try again.",
  },
  TargetGroupAssociationLimit: {
    advice:
      "A target group can have only one load balancer: if the target group is adopted, remove its ARN from " +
      "adopt, so that a new target group is created. Otherwise remove it from the listeners and rules of the " +
      "other load balancer.",
    property: "targetGroup",
  },
  InvalidTarget: {
    advice:
      "A target does not exist, is not running, is not in the target group's VPC, or has a public address: " +
      "check its ID, its state, its VPC and its address.",
    property: "instanceIds",
  },
  TooManyRegistrationsForTargetId: {
    advice:
      "The target is registered too many times with this load balancer: remove it from some target groups or " +
      `ports, ${QUOTA}`,
    property: "instanceIds",
  },
  TooManyTargets: {
    advice: `The load balancer or target group has too many targets: use fewer, ${QUOTA}`,
    property: "instanceIds",
  },
  TooManyRules: {
    advice: `The load balancer has too many rules in all its listeners together: use fewer, ${QUOTA}`,
    property: "rules",
  },
  TooManyUniqueTargetGroupsPerLoadBalancer: {
    advice: "A load balancer can have at most 100 target groups: use fewer.",
    property: "targetGroups",
  },
  TooManyLoadBalancers: { advice: `Delete a load balancer, ${QUOTA}` },
  TooManyTargetGroups: { advice: `Delete a target group, ${QUOTA}` },
  TooManyListeners: { advice: `Delete a listener, ${QUOTA}` },
  TooManyCertificates: {
    advice: `The load balancer has too many certificates: use fewer, ${QUOTA}`,
    property: "additionalCertificateArns",
  },
  TooManyTags: { advice: "A resource can have at most 50 tags: use fewer.", property: "tags" },
  SubnetNotFound: {
    advice: "There is no such subnet in this region and account: check the IDs and the region.",
    property: "subnetIds",
  },
  InvalidSubnet: {
    advice:
      "A subnet has fewer than 8 free IP addresses, or the VPC of an internet-facing load balancer has no internet " +
      "gateway: free some addresses, choose another subnet, or attach a gateway.",
    property: "subnetIds",
  },
  InvalidConfigurationRequest: {
    advice:
      "Two subnets are in one zone, or Elastic Load Balancing can't write to the bucket of the logs: use at " +
      "most one subnet in each zone, or correct the bucket's policy and encryption.",
    property: "subnetIds",
  },
  AvailabilityZoneNotSupported: {
    advice: "This zone does not support Application Load Balancers: choose another zone.",
    property: "availabilityZones",
  },
  InvalidSecurityGroup: {
    advice: "A security group does not exist or is in another VPC: check the IDs and the VPC.",
    property: "securityGroupIds",
  },
  "InvalidGroup.NotFound": {
    advice: "A security group does not exist in this region and account: check its ID.",
    property: "securityGroupIds",
  },
  CertificateNotFound: {
    advice:
      "There is no such certificate in this region, or it is not issued yet: check its ARN, and its status in ACM.",
    property: "certificateArn",
  },
  UnsupportedCertificate: {
    advice:
      "The certificate is not issued yet, or load balancers don't support it: check its status in ACM, and its " +
      "key algorithm.",
    property: "certificateArn",
  },
  TrustStoreNotFound: {
    advice:
      "There is no such trust store in this region: check its ARN, and whether it is shared with this account.",
    property: "mutualAuthentication",
  },
  SSLPolicyNotFound: {
    advice:
      "There is no such security policy: choose one that aws elbv2 describe-ssl-policies lists.",
    property: "sslPolicy",
  },
  OperationNotPermitted: {
    advice:
      "If AWS refused to delete the load balancer, set deletionProtection to false, run up, then delete it. " +
      "If it refused to create one, ask AWS Support to allow load balancers in this account.",
    property: "deletionProtection",
  },
  DependencyViolation: {
    advice:
      "Something else still uses the resource, such as another security group's rule or a network interface: " +
      "delete that rule or network interface, or remove the security group from it, then try again.",
  },
  "InvalidPermission.Duplicate": {
    advice:
      "The rule already exists in the security group. If an interrupted update made it, run up again, which takes it over. " +
      "If another LoadBalancedGroup or LoadBalancedService made it, remove the security group from " +
      "targetSecurityGroupIds of this one. " +
      "If it was created by hand, remove it in AWS.",
    property: "targetSecurityGroupIds",
  },
  InvalidChangeBatch: {
    advice:
      "If the record already exists and another group or program created it, first remove it there in a " +
      "separate update. If it was created by hand, delete it in Route 53. Then run up here. Otherwise check " +
      "whether the name is in the hosted zone.",
    property: "domain",
  },
  RulesPerSecurityGroupLimitExceeded: {
    advice:
      "The security group has too many rules: list fewer networks, prefix lists or security groups in the " +
      `arguments (a prefix list counts as its maximum number of entries), ${QUOTA}`,
    property: "ingressCidrBlocks",
  },
  TargetGroupNotFound: { advice: `The target group ${GONE}` },
  LoadBalancerNotFound: { advice: `The load balancer ${GONE}` },
  ListenerNotFound: { advice: `The listener ${GONE}` },
  AccessDenied: { advice: PERMISSION },
  UnauthorizedOperation: { advice: PERMISSION },
  AuthFailure: { advice: `${CREDENTIALS}: AWS does not accept them.` },
  ExpiredToken: { advice: `${CREDENTIALS}: they have expired.` },
  InvalidClientTokenId: { advice: `${CREDENTIALS}: AWS does not know them.` },
  SignatureDoesNotMatch: {
    advice:
      `${CREDENTIALS}: the secret access key does not belong to the access key ID, or the clock of this ` +
      "computer is wrong.",
  },
  OptInRequired: {
    advice:
      "The account has not enabled this region or service: enable it in the AWS console, or choose another region.",
  },
  Throttling: { advice: LATER, retryable: true },
  ThrottlingException: { advice: LATER, retryable: true },
  RequestLimitExceeded: { advice: LATER, retryable: true },
  ServiceUnavailable: { advice: LATER, retryable: true },
  InternalFailure: { advice: LATER, retryable: true },
  InternalError: { advice: LATER, retryable: true },
  RequestTimeout: { advice: LATER, retryable: true },
};

const UNLISTED: Advice = {
  advice:
    "AWS's message above says why. The AWS API reference of that call describes the error code.",
};

/**
 * The calls that AWS refused, parsed from the provider's message, because the engine has no event for them.
 *
 * The message is that of the AWS SDK for Go: `operation error SERVICE: CALL, https response error StatusCode: N,
 * RequestID: ID, api error CODE: MESSAGE`. "api error" is missing if the SDK has a type for the error.
 */
export function rejectionsIn(text: string, resource: string | undefined): Rejection[] {
  const pattern =
    /operation error [^:\n]+: (\w+),[^\n]*?RequestID: [^,\n]*, (?:api error )?([\w.]+?)(?:Exception)?: ([^\n]*)/g;
  return [...text.matchAll(pattern)].map(([, call, code, message]) =>
    rejection(call, code, message.trim(), resource),
  );
}

/** The call that AWS refused, if the error comes from the AWS SDK for JavaScript. */
export function rejectionOf(error: unknown, call: string): Rejection | undefined {
  if (!(error instanceof Error) || valueAt(error, "$metadata") === undefined) return undefined;
  return rejection(call, error.name.replace(/Exception$/, ""), error.message, undefined);
}

function rejection(
  call: string,
  code: string,
  message: string,
  resource: string | undefined,
): Rejection {
  const { advice, property, retryable = false } = ADVICE[code] ?? UNLISTED;
  return { call, code, message, resource, property, advice, retryable };
}
