import { DesyncMitigationMode, XffHeaderProcessingMode } from "../args";
import { DEFAULTS } from "../args/defaults";
import * as checks from "../checks";
import { REGION_OF_ZONE } from "../plan/regions";

/** The load balancer's own settings. */
export function loadBalancerChecks(): Record<string, checks.Check> {
  return {
    deletionProtection: checks.flag(),
    webAclArn: checks.text(
      "the ARN of a regional web ACL of AWS WAF",
      (value) => WEB_ACL.test(value),
      'copy it from the web ACL, "arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>"; ' +
        "those of WAF Classic and of CloudFront don't suit",
    ),
    accessLogs: logs,
    connectionLogs: logs,
    healthCheckLogs: logs,
    logExpirationDays: checks.whole(1, LONGEST_EXPIRATION, "days"),
    idleTimeout: checks.whole(1, 4000, "seconds"),
    clientKeepAlive: checks.whole(60, 604800, "seconds"),
    dropInvalidHeaderFields: checks.flag(),
    desyncMitigationMode: checks.choice(DesyncMitigationMode),
    xffHeaderProcessingMode: checks.choice(XffHeaderProcessingMode),
    xffClientPort: checks.flag(),
    preserveHostHeader: checks.flag(),
    tlsVersionAndCipherSuiteHeaders: checks.flag(),
    wafFailOpen: checks.flag(),
    zonalShift: checks.flag(),
    http2: checks.flag(),
  };
}

const WEB_ACL = /^arn:aws[a-z-]*:wafv2:([a-z0-9-]+):\d{12}:regional\/webacl\/.+\/.+$/;

const webAclInRegion: checks.Relation = {
  of: ["availabilityZones", "webAclArn"],
  judge({ availabilityZones, webAclArn }, at) {
    const [zone = ""] = checks.strings(availabilityZones);
    const region = REGION_OF_ZONE.exec(zone)?.[1];
    const [arn = ""] = checks.strings([webAclArn]);
    const madeIn = WEB_ACL.exec(arn)?.[1];
    if (region === undefined || madeIn === undefined || madeIn === region) return;
    at.key("webAclArn").state(
      `must be a web ACL in the load balancer's region ${region}, got one in ${at.shown(madeIn)}; ` +
        `make it in ${region}`,
    );
  },
};

const portInAppendedAddress: checks.Relation = {
  of: ["xffClientPort", "xffHeaderProcessingMode"],
  judge({ xffClientPort, xffHeaderProcessingMode: mode = XffHeaderProcessingMode.Append }, at) {
    if (xffClientPort !== true || mode === XffHeaderProcessingMode.Append) return;
    at.key("xffClientPort").state(
      "goes with the xffHeaderProcessingMode append only, as the other modes add no address; " +
        "leave it out or choose that mode",
    );
  },
};

const expiryOfOwnBucket: checks.Relation = {
  of: ["logExpirationDays"],
  judge({ logExpirationDays, ...args }, at) {
    const logs = [args.accessLogs, args.connectionLogs, args.healthCheckLogs];
    const homeless = logs.some(
      (one) => one !== undefined && checks.valueAt(one, "bucket") === undefined,
    );
    if (logExpirationDays === undefined || homeless) return;
    at.key("logExpirationDays").refuse(
      "goes with logs that name no bucket, for which one is made here; leave it out, or let one of " +
        "accessLogs, connectionLogs and healthCheckLogs have no bucket",
    );
  },
};

export const loadBalancerRelations = [webAclInRegion, portInAppendedAddress, expiryOfOwnBucket];

/** What S3 takes for one. */
const LONGEST_EXPIRATION = 2 ** 31 - 1;

const logs = checks.object(
  {
    bucket: checks.text(
      "the name of an S3 bucket, 3 to 63 lower-case letters, digits, dots and hyphens",
      (value) => /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
      "pass the bucket's name, not its ARN or a URL",
    ),
    prefix: checks.text(
      'a path without "AWSLogs" and without a slash at either end',
      (value) => value !== "" && !value.includes("AWSLogs") && !/^\/|\/$/.test(value),
      'write it like "production/web"; AWS adds "/AWSLogs/<account>" itself',
    ),
    enabled: checks.flag(),
  },
  { defaults: DEFAULTS.Logs },
);
