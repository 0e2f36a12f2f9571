import { WEB_ACL } from "../groups";
import { reaches } from "./reaches";

export const LOAD_BALANCER = [
  reaches("idleTimeout", 30, "web-alb idleTimeout"),
  reaches("clientKeepAlive", 120, "web-alb clientKeepAlive"),
  reaches("dropInvalidHeaderFields", false, "web-alb dropInvalidHeaderFields"),
  reaches("desyncMitigationMode", "strictest", "web-alb desyncMitigationMode"),
  reaches("xffHeaderProcessingMode", "remove", "web-alb xffHeaderProcessingMode"),
  reaches("xffClientPort", true, "web-alb enableXffClientPort"),
  reaches("preserveHostHeader", true, "web-alb preserveHostHeader"),
  reaches("tlsVersionAndCipherSuiteHeaders", true, "web-alb enableTlsVersionAndCipherSuiteHeaders"),
  reaches("wafFailOpen", true, "web-alb enableWafFailOpen"),
  reaches("zonalShift", true, "web-alb enableZonalShift"),

  reaches("http2", false, "web-alb enableHttp2"),
  reaches("deletionProtection", true, "web-alb enableDeletionProtection"),
  reaches("webAclArn", WEB_ACL, "web-waf webAclArn"),
  reaches("accessLogs.bucket", "logs", "web-alb accessLogs.bucket"),
  reaches("accessLogs.prefix", "web", "web-alb accessLogs.prefix"),
  reaches("accessLogs.enabled", false, "web-alb accessLogs.enabled"),
  reaches("connectionLogs.bucket", "logs", "web-alb connectionLogs.bucket"),
  reaches("connectionLogs.prefix", "web", "web-alb connectionLogs.prefix"),
  reaches("connectionLogs.enabled", false, "web-alb connectionLogs.enabled"),
  reaches("healthCheckLogs.bucket", "logs", "web-alb healthCheckLogs.bucket"),
  reaches("healthCheckLogs.prefix", "web", "web-alb healthCheckLogs.prefix"),
  reaches("healthCheckLogs.enabled", false, "web-alb healthCheckLogs.enabled"),
  reaches("logExpirationDays", 30, "web-logs-lifecycle rules[0].expiration.days", 30, {
    accessLogs: {},
  }),
  reaches("tags.key", "value", "web-alb tags.key"),
];
