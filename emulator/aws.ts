/**
 * The part of AWS's own API that the emulator answers: the words, shapes and error codes of
 * EC2 and Elastic Load Balancing v2, as their API references spell them.
 */

/** An error in AWS's form: the code that its API returns and its own message. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

export type InstanceState =
  "pending" | "running" | "shutting-down" | "terminated" | "stopping" | "stopped";

/** A server, and where its ports are found on this machine. */
export interface Instance {
  readonly instanceId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly privateIpAddress: string;
  /** Its primary one. */
  readonly ipv6Address?: string;
  readonly securityGroupIds: readonly string[];
  state: InstanceState;
  /** Instance port to port on 127.0.0.1; a port that is not here refuses connections. */
  readonly ports: Map<number, number>;
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string;
  readonly availableIpAddressCount: number;
  readonly defaultForAz: boolean;
}

export interface SecurityGroupRule {
  readonly securityGroupRuleId: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  ipProtocol: string;
  fromPort?: number;
  toPort?: number;
  cidrIpv4?: string;
  cidrIpv6?: string;
  referencedGroupId?: string;
  prefixListId?: string;
  description?: string;
}

export interface HealthCheck {
  /** Only those of Lambda functions can be off; on where nothing is said. */
  enabled?: boolean;
  protocol: "HTTP" | "HTTPS";
  /** A port, or "traffic-port": the port with which each target was registered. */
  port: string;
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThresholdCount: number;
  unhealthyThresholdCount: number;
  /** HTTP codes ("200", "200,202", "200-299") or gRPC codes. */
  matcher: string;
}

export type Attributes = Record<string, string>;

export interface TargetGroup {
  readonly targetGroupArn: string;
  readonly targetGroupName: string;
  readonly protocol: "HTTP" | "HTTPS";
  readonly protocolVersion: "HTTP1" | "HTTP2" | "GRPC";
  readonly port: number;
  readonly vpcId: string;
  /** A group of a Lambda function has no protocol, port and VPC: what stands there means nothing. */
  readonly targetType: "instance" | "ip" | "lambda";
  /** By which addresses targets are reached; by IPv4 where nothing is said. */
  readonly ipAddressType?: "ipv4" | "ipv6";
  /** Where the agents of the target optimizer listen. The emulator has no agents, and limits no requests. */
  readonly targetControlPort?: number;
  healthCheck: HealthCheck;
  /** By their API keys: "deregistration_delay.timeout_seconds", "stickiness.enabled" and so on. */
  attributes: Attributes;
}

export type IpAddressType = "ipv4" | "dualstack" | "dualstack-without-public-ipv4";

export interface LoadBalancer {
  readonly loadBalancerArn: string;
  readonly loadBalancerName: string;
  readonly dnsName: string;
  readonly canonicalHostedZoneId: string;
  readonly scheme: "internet-facing" | "internal";
  ipAddressType: IpAddressType;
  /** The IPAM pool of its public IPv4 addresses. */
  ipv4IpamPoolId?: string;
  readonly vpcId: string;
  /** Zone to subnet, one each. */
  subnets: { readonly availabilityZone: string; readonly subnetId: string }[];
  securityGroups: string[];
  /** The reserved capacity, in load balancer capacity units (LCUs). */
  minimumCapacityUnits?: number;
  /** By their API keys: "idle_timeout.timeout_seconds", "deletion_protection.enabled" and so on. */
  attributes: Attributes;
}

export interface ForwardAction {
  readonly type: "forward";
  readonly targetGroupArn: string;
}

export interface WeightedGroup {
  readonly targetGroupArn: string;
  readonly weight: number;
}

/** To several target groups, by weight. */
export interface WeightedForwardAction {
  readonly type: "forward";
  readonly targetGroups: readonly WeightedGroup[];
  /** How long a client stays with the group that it was given; missing without stickiness. */
  readonly stickinessDurationSeconds?: number;
}

export interface RedirectAction {
  readonly type: "redirect";
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
  readonly statusCode: "HTTP_301" | "HTTP_302";
}

export interface FixedResponseAction {
  readonly type: "fixed-response";
  readonly statusCode: string;
  readonly contentType: string;
  readonly messageBody: string;
}

export type Action = ForwardAction | WeightedForwardAction | RedirectAction | FixedResponseAction;

/** Has users log in before the action is done. */
export interface AuthenticateAction {
  readonly type: "authenticate-oidc" | "authenticate-cognito";
  readonly onUnauthenticatedRequest: "authenticate" | "allow" | "deny";
  readonly scope: string;
  readonly sessionCookieName: string;
  readonly sessionTimeout: number;
  readonly authenticationRequestExtraParams: Readonly<Record<string, string>>;
  /** By the API's names: issuer, clientId, clientSecret, userPoolArn and so on. */
  readonly settings: Readonly<Partial<Record<string, string>>>;
}

/** Lets only requests with a valid JSON web token (JWT) through. */
export interface JwtValidationAction {
  readonly type: "jwt-validation";
  readonly jwksEndpoint: string;
  readonly issuer: string;
  /** Beside those that are always validated. */
  readonly additionalClaims: readonly TokenClaim[];
}

export const CLAIM_FORMATS = ["single-string", "string-array", "space-separated-values"] as const;

/** A claim that a token must have. */
export interface TokenClaim {
  readonly name: string;
  readonly format: (typeof CLAIM_FORMATS)[number];
  readonly values: readonly string[];
}

/** What comes before the action of a listener or of a rule. */
export type Authentication = AuthenticateAction | JwtValidationAction;

/** What a request must have; one of the values is enough. */
export type RuleCondition =
  | {
      readonly field: "host-header" | "path-pattern" | "http-request-method" | "source-ip";
      /** Whether the values are regular expressions, which hosts, paths and headers can have. */
      readonly isRegex?: true;
      readonly values: readonly string[];
    }
  | {
      readonly field: "http-header";
      readonly httpHeaderName: string;
      readonly isRegex?: true;
      readonly values: readonly string[];
    }
  | {
      readonly field: "query-string";
      readonly values: readonly { readonly key?: string; readonly value: string }[];
    };

/** Rewrites a part of a request before a target gets it. */
export interface RuleTransform {
  readonly type: "host-header-rewrite" | "url-rewrite";
  readonly regex: string;
  /** `$1` and so on stand for the groups of the regular expression. */
  readonly replace: string;
}

export interface ListenerRule {
  readonly ruleArn: string;
  readonly listenerArn: string;
  priority: number;
  /** All of them must be met. */
  conditions: readonly RuleCondition[];
  authenticate?: Authentication;
  action: Action;
  /** None without. */
  transforms?: readonly RuleTransform[];
}

export type RuleChange = Partial<
  Pick<ListenerRule, "conditions" | "authenticate" | "action" | "transforms">
>;

/** The key algorithms of certificates that AWS Certificate Manager issues. */
export const KEY_ALGORITHMS = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** A certificate of AWS Certificate Manager. */
export interface Certificate {
  readonly certificateArn: string;
  /** The name that it was requested for first, then its alternate names. */
  readonly domainNames: readonly string[];
  /** RSA_2048 by default. */
  readonly keyAlgorithm?: KeyAlgorithm;
  status: "PENDING_VALIDATION" | "ISSUED";
}

/** A certificate among those of a listener. */
export interface ListenerCertificate {
  readonly certificateArn: string;
  readonly isDefault: boolean;
}

/** Certificate authorities that answer for clients. */
export interface TrustStore {
  readonly trustStoreArn: string;
  /** The authorities' certificates, one after the other, in PEM. */
  readonly caCertificates: string;
}

/** What a listener does with clients' certificates. */
export interface MutualAuthentication {
  readonly mode: "off" | "passthrough" | "verify";
  readonly trustStoreArn?: string;
  readonly ignoreClientCertificateExpiry?: boolean;
  readonly advertiseTrustStoreCaNames?: "off" | "on";
}

export interface Listener {
  readonly listenerArn: string;
  readonly loadBalancerArn: string;
  port: number;
  protocol: "HTTP" | "HTTPS";
  certificateArn?: string;
  sslPolicy?: string;
  /** Only of an HTTPS listener. */
  mutualAuthentication?: MutualAuthentication;
  /** Comes before the default action. */
  authenticate?: Authentication;
  defaultAction: Action;
}

/** What a registration is known by: (group, id, port); nothing else. */
export interface TargetDescription {
  readonly id: string;
  readonly port: number;
  /** Of an address outside the VPC: "all", or the zone it counts to. */
  readonly availabilityZone?: string;
}

/** Of these, `unavailable` is of functions whose health is not checked, and which serve. */
export type TargetState =
  "initial" | "healthy" | "unhealthy" | "unused" | "draining" | "unavailable";

/** Who may do what to a function; without a source, from anywhere. */
export interface LambdaPermission {
  readonly action: string;
  readonly principal: string;
  readonly sourceArn?: string;
  readonly qualifier?: string;
}

/** A function that runs in this process. */
export interface LambdaFunction {
  /** Without a version or an alias. */
  readonly functionArn: string;
  readonly handler: (event: unknown) => unknown;
  readonly permissions: LambdaPermission[];
}

export interface TargetHealth {
  readonly target: TargetDescription;
  readonly state: TargetState;
  /** Absent when healthy, as in AWS's answer. */
  readonly reason?: string;
  readonly description?: string;
}

/** A change of a target's state, as it happens. */
export interface TargetTransition extends TargetHealth {
  readonly targetGroupArn: string;
  readonly from: TargetState | undefined;
  readonly at: Date;
}

/** The Elastic Load Balancing v2 calls; each refuses in AWS's words with an AwsError. */
export interface ElasticLoadBalancing {
  createTargetGroup(input: Omit<TargetGroup, "targetGroupArn">): TargetGroup;
  modifyTargetGroup(arn: string, healthCheck: HealthCheck): TargetGroup;
  modifyTargetGroupAttributes(arn: string, attributes: Attributes): TargetGroup;
  describeTargetGroup(arn: string): TargetGroup;
  /** Those that forward to the group: the `LoadBalancerArns` of its description. */
  loadBalancersOf(targetGroupArn: string): LoadBalancer[];
  deleteTargetGroup(arn: string): void;

  registerTarget(targetGroupArn: string, target: TargetDescription): void;
  deregisterTarget(targetGroupArn: string, target: TargetDescription): void;
  describeTargetHealth(targetGroupArn: string): TargetHealth[];

  createLoadBalancer(input: {
    name: string;
    scheme: LoadBalancer["scheme"];
    ipAddressType?: IpAddressType;
    ipv4IpamPoolId?: string;
    subnetIds: string[];
    securityGroups: string[];
    attributes: Attributes;
  }): LoadBalancer;
  setSubnets(arn: string, subnetIds: string[]): LoadBalancer;
  setSecurityGroups(arn: string, securityGroups: string[]): LoadBalancer;
  setIpAddressType(arn: string, ipAddressType: IpAddressType): LoadBalancer;
  /** Goes back to AWS's own addresses where no pool is given. */
  modifyIpPools(arn: string, ipv4IpamPoolId: string | undefined): LoadBalancer;
  /** Ends the reservation where no units are given. */
  modifyCapacityReservation(arn: string, capacityUnits: number | undefined): LoadBalancer;
  modifyLoadBalancerAttributes(arn: string, attributes: Attributes): LoadBalancer;
  describeLoadBalancer(arn: string): LoadBalancer;
  /** Closes its listeners' sockets too, as AWS deletes a load balancer's listeners with it. */
  deleteLoadBalancer(arn: string): Promise<void>;

  /** Ready to serve when the promise resolves. */
  createListener(input: Omit<Listener, "listenerArn">): Promise<Listener>;
  modifyListener(
    arn: string,
    change: Omit<Listener, "listenerArn" | "loadBalancerArn">,
  ): Promise<Listener>;
  describeListener(arn: string): Listener;
  deleteListener(arn: string): Promise<void>;

  modifyListenerAttributes(arn: string, attributes: Attributes): Attributes;
  describeListenerAttributes(arn: string): Attributes;

  addListenerCertificate(listenerArn: string, certificateArn: string): Promise<void>;
  removeListenerCertificate(listenerArn: string, certificateArn: string): Promise<void>;
  /** Whether a listener shows the certificate. */
  usesCertificate(certificateArn: string): boolean;
  /** The default certificate, and those that were added. */
  describeListenerCertificates(listenerArn: string): ListenerCertificate[];

  createRule(input: Omit<ListenerRule, "ruleArn">): ListenerRule;
  modifyRule(arn: string, change: RuleChange): ListenerRule;
  /** All at once or none, so that rules may exchange their priorities. */
  setRulePriorities(priorities: { ruleArn: string; priority: number }[]): ListenerRule[];
  describeRule(arn: string): ListenerRule;
  deleteRule(arn: string): void;

  /** By what makes each unique, as the provider's functions look them up; undefined when there is none. */
  findLoadBalancer(name: string): string | undefined;
  findTargetGroup(name: string): string | undefined;
  findListener(loadBalancerArn: string, port: number): string | undefined;
  findRule(listenerArn: string, priority: number): string | undefined;

  /** Where a listener is found on this machine: "http://127.0.0.1:PORT" or "https://...". */
  listenerUrl(arn: string): string;
  onTargetTransition(subscriber: (transition: TargetTransition) => void): void;
  /** Stops everything that listens or waits; for the end of the process. */
  close(): Promise<void>;
}

/** What Elastic Load Balancing asks EC2 and the account's other services about. */
export interface AccountServices {
  readonly region: string;
  readonly accountId: string;
  /** These throw AWS's InvalidXxxID.NotFound. */
  subnet(subnetId: string): Subnet;
  securityGroup(groupId: string): { readonly groupId: string; readonly vpcId: string };
  vpc(vpcId: string): {
    readonly vpcId: string;
    readonly cidrBlock: string;
    readonly ipv6CidrBlock?: string;
  };
  /** undefined for an id that does not exist: each caller has its own error for that. */
  findInstance(instanceId: string): Instance | undefined;
  /** By its private IPv4 address or its IPv6 address. */
  findInstanceByIp(vpcId: string, ipAddress: string): Instance | undefined;
  /** By its ARN without a version or an alias. */
  findFunction(functionArn: string): LambdaFunction | undefined;
  findCertificate(certificateArn: string): Certificate | undefined;
  findTrustStore(trustStoreArn: string): TrustStore | undefined;
  /** Writes to a bucket as the load balancers' log delivery; says whether the bucket's policy let it. */
  deliverLog(bucket: string, key: string): boolean;
  /** Whether the load balancer's web ACL, if there is one, blocks requests to the path. */
  isBlocked(loadBalancerArn: string, path: string): boolean;
}
