import {
  AdvertiseTrustStoreCaNames,
  ContentType,
  DesyncMitigationMode,
  IpAddressType,
  LoadBalancingAlgorithmType,
  LoadBalancingAnomalyMitigation,
  LoadBalancingCrossZone,
  OnUnauthenticatedRequest,
  Preflight,
  Protocol,
  ProtocolVersion,
  RedirectStatusCode,
  StickinessType,
  TargetGroupIpAddressType,
  TargetType,
  XffHeaderProcessingMode,
} from ".";

const LOGIN = {
  onUnauthenticatedRequest: OnUnauthenticatedRequest.Authenticate,
  sessionTimeout: 604800,
};

const TARGET_GROUP = {
  port: 80,
  protocol: Protocol.HTTP,
  protocolVersion: ProtocolVersion.HTTP1,
  targetType: TargetType.Instance,
  ipAddressType: TargetGroupIpAddressType.Ipv4,
  deregistrationDelay: 300,
  slowStart: 0,
  loadBalancingAlgorithmType: LoadBalancingAlgorithmType.RoundRobin,
  loadBalancingAnomalyMitigation: LoadBalancingAnomalyMitigation.Off,
  loadBalancingCrossZone: LoadBalancingCrossZone.UseLoadBalancerConfiguration,
};

/**
 * The values of arguments that are left out, by the type that an argument belongs to. Values that
 * depend on other arguments are not here.
 *
 * The schema has these values too, and the code that is generated from it sends them for arguments
 * that a program leaves out. So a check can't tell whether a program set an argument to its default.
 */
export const DEFAULTS = {
  LoadBalancedGroup: {
    internal: false,
    ipAddressType: IpAddressType.Ipv4,
    port: 80,
    httpsPort: 443,
    httpsOnly: false,
    redirectStatusCode: RedirectStatusCode.Http301,
    deletionProtection: false,
    dashboard: false,
    preflight: Preflight.Enforce,
    idleTimeout: 60,
    clientKeepAlive: 3600,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: DesyncMitigationMode.Defensive,
    xffHeaderProcessingMode: XffHeaderProcessingMode.Append,
    xffClientPort: false,
    preserveHostHeader: false,
    tlsVersionAndCipherSuiteHeaders: false,
    wafFailOpen: false,
    zonalShift: false,
    http2: true,
    logExpirationDays: 365,
  },
  LoadBalancedService: { preflight: Preflight.Enforce },
  TargetGroup: TARGET_GROUP,
  NamedTargetGroup: TARGET_GROUP,
  HealthCheck: { healthyThreshold: 2, unhealthyThreshold: 2 },
  UnhealthyStateRouting: { minimumHealthyTargetsCount: 1 },
  Stickiness: { type: StickinessType.LbCookie, cookieDuration: 86400 },
  Forward: { managedElsewhere: false },
  FixedResponse: { contentType: ContentType.TextPlain },
  AuthenticateOidc: LOGIN,
  AuthenticateCognito: LOGIN,
  MutualAuthentication: {
    ignoreClientCertificateExpiry: false,
    advertiseTrustStoreCaNames: AdvertiseTrustStoreCaNames.Off,
  },
  ResponseHeaders: { server: true },
  Logs: { enabled: true },
  Alarms: {
    unhealthyHosts: 1,
    elb5xxPercent: 1,
    target5xxPercent: 5,
    targetResponseTime: 1000,
    rejectedConnections: 1,
  },
};
