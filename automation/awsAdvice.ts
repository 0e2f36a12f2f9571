import { valueAt } from "../components/checks";
import type { Rejection } from "./errors";

/** What to do about a code of AWS, and the argument that it is about. */
interface Advice {
  readonly advice: string;
  readonly property?: string;
  readonly retryable?: boolean;
}

const QUOTA = "or ask for a higher quota in the Service Quotas console.";
const CREDENTIALS = "Look at the credentials in the environment's variables";
const LATER = "AWS is busy: run it again later; what was made is in the state.";

/**
 * By code, of Elastic Load Balancing, EC2 and the SDK.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html and the
 * errors of each action; https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const ADVICE: Readonly<Partial<Record<string, Advice>>> = {
  DuplicateLoadBalancerName: {
    advice: "Another load balancer has this name: choose another name, or delete that one.",
    property: "name",
  },
  DuplicateTargetGroupName: {
    advice: "Another target group has this name: choose another name, or delete that one.",
    property: "name",
  },
  DuplicateListener: {
    advice: "The load balancer has a listener on this port: choose another, or delete that one.",
    property: "port",
  },
  PriorityInUse: {
    advice:
      "Another rule of the listener has this priority, perhaps until the update is over: choose another, or " +
      "give one of two that exchange theirs a free one in an update between.",
    property: "rules",
  },
  ResourceInUse: {
    advice:
      "Something else still uses it, such as a listener or rule made by hand: remove it there first.",
  },
  TargetGroupAssociationLimit: {
    advice: "A target group serves one load balancer only: make another group for this one.",
    property: "targetGroup",
  },
  InvalidTarget: {
    advice:
      "A target is not running, not in the group's VPC, or its address is not allowed: look at its state.",
    property: "instanceIds",
  },
  TooManyRegistrationsForTargetId: {
    advice: `The target is registered too often: remove it from other groups, ${QUOTA}`,
    property: "instanceIds",
  },
  TooManyTargets: {
    advice: `The load balancer or target group has all its targets: use fewer, ${QUOTA}`,
    property: "instanceIds",
  },
  TooManyRules: {
    advice: `The listener has all its rules: use fewer, ${QUOTA}`,
    property: "rules",
  },
  TooManyUniqueTargetGroupsPerLoadBalancer: {
    advice: `The load balancer has all its target groups: use fewer, ${QUOTA}`,
    property: "targetGroups",
  },
  TooManyLoadBalancers: { advice: `Delete a load balancer, ${QUOTA}` },
  TooManyTargetGroups: { advice: `Delete a target group, ${QUOTA}` },
  TooManyListeners: { advice: `Delete a listener, ${QUOTA}` },
  TooManyCertificates: {
    advice: `The load balancer has all its certificates: use fewer, ${QUOTA}`,
    property: "certificateArn",
  },
  TooManyTags: { advice: "A resource takes 50 tags at most: use fewer.", property: "tags" },
  SubnetNotFound: {
    advice: "There is no such subnet in this region and account: look at ids and region.",
    property: "subnetIds",
  },
  InvalidSubnet: {
    advice: "A subnet needs 8 free addresses and a route: free some, or choose another subnet.",
    property: "subnetIds",
  },
  InvalidConfigurationRequest: {
    advice:
      "Two subnets lie in one zone, or the bucket's policy does not let the load balancer write its logs.",
    property: "subnetIds",
  },
  AvailabilityZoneNotSupported: {
    advice: "This zone has no application load balancers: choose another.",
    property: "availabilityZones",
  },
  InvalidSecurityGroup: {
    advice: "A security group does not exist or is of another VPC: look at ids and VPC.",
    property: "securityGroupIds",
  },
  "InvalidGroup.NotFound": {
    advice: "A security group does not exist in this region and account: look at its id.",
    property: "securityGroupIds",
  },
  CertificateNotFound: {
    advice: "There is no such certificate in this region, or it is not issued yet.",
    property: "certificateArn",
  },
  UnsupportedCertificate: {
    advice: "Load balancers don't take this certificate: look at its key type and size.",
    property: "certificateArn",
  },
  TrustStoreNotFound: {
    advice:
      "There is no such trust store in this region: look at its ARN and whether it is shared.",
    property: "mutualAuthentication",
  },
  SSLPolicyNotFound: {
    advice: "There is no such security policy: choose one that AWS lists.",
    property: "sslPolicy",
  },
  OperationNotPermitted: {
    advice:
      "The load balancer is protected: set deletionProtection to false, run up, then delete it.",
    property: "deletionProtection",
  },
  DependencyViolation: {
    advice:
      "Something else still uses it, such as another group's rule or a network interface: remove it there first.",
  },
  "InvalidPermission.Duplicate": {
    advice: "The rule exists already in the security group: remove the one made by hand.",
    property: "targetSecurityGroupIds",
  },
  RulesPerSecurityGroupLimitExceeded: {
    advice: `The security group has all its rules: remove some, ${QUOTA}`,
    property: "ingressCidrBlocks",
  },
  TargetGroupNotFound: {
    advice: "It was deleted outside: run refresh, then up.",
  },
  LoadBalancerNotFound: { advice: "It was deleted outside: run refresh, then up." },
  ListenerNotFound: { advice: "It was deleted outside: run refresh, then up." },
  AccessDenied: { advice: `${CREDENTIALS}: this call needs a permission that they lack.` },
  UnauthorizedOperation: { advice: `${CREDENTIALS}: this call needs a permission that they lack.` },
  AuthFailure: { advice: `${CREDENTIALS}: AWS does not accept them.` },
  ExpiredToken: { advice: `${CREDENTIALS}: they have expired.` },
  InvalidClientTokenId: { advice: `${CREDENTIALS}: AWS does not know them.` },
  SignatureDoesNotMatch: { advice: `${CREDENTIALS}: the secret key is not that of the key id.` },
  OptInRequired: { advice: "The account is not subscribed to this service or region." },
  Throttling: { advice: LATER, retryable: true },
  ThrottlingException: { advice: LATER, retryable: true },
  RequestLimitExceeded: { advice: LATER, retryable: true },
  ServiceUnavailable: { advice: LATER, retryable: true },
  InternalFailure: { advice: LATER, retryable: true },
  InternalError: { advice: LATER, retryable: true },
  RequestTimeout: { advice: LATER, retryable: true },
};

const UNLISTED: Advice = {
  advice: "AWS's words above say why; its page on this call lists the code.",
};

/**
 * The calls that AWS refused, out of the provider's text: the engine has no event for them.
 *
 * The text is the AWS SDK's for Go: `operation error SERVICE: CALL, https response error StatusCode: N,
 * RequestID: ID, api error CODE: MESSAGE`, where an error that the SDK has a type for stands without "api error".
 */
export function rejectionsIn(text: string, resource: string | undefined): Rejection[] {
  const pattern =
    /operation error [^:\n]+: (\w+),[^\n]*?RequestID: [^,\n]*, (?:api error )?([\w.]+?)(?:Exception)?: ([^\n]*)/g;
  return [...text.matchAll(pattern)].map(([, call, code, message]) =>
    rejection(call, code, message.trim(), resource),
  );
}

/** The call that AWS refused, if the error is of AWS's SDK for JavaScript. */
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
