import { DesyncMitigationMode, XffHeaderProcessingMode } from "../args";
import { DEFAULTS } from "../defaults";
import * as rules from "../rules";
import { REGION_OF_ZONE } from "./network";

/** The load balancer's own settings. */
export function loadBalancerRules(): Record<string, rules.Rule> {
  return {
    deletionProtection: rules.flag(),
    webAclArn: rules.text(
      "the ARN of a regional web ACL of AWS WAF",
      (value) => WEB_ACL.test(value),
      'copy it from the web ACL, "arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>"; ' +
        "those of WAF Classic and of CloudFront don't suit",
    ),
    accessLogs: logs,
    connectionLogs: logs,
    healthCheckLogs: logs,
    logExpirationDays: rules.whole(1, LONGEST_EXPIRATION, "days"),
    idleTimeout: rules.whole(1, 4000, "seconds"),
    clientKeepAlive: rules.whole(60, 604800, "seconds"),
    dropInvalidHeaderFields: rules.flag(),
    desyncMitigationMode: rules.choice(DesyncMitigationMode),
    xffHeaderProcessingMode: rules.choice(XffHeaderProcessingMode),
    xffClientPort: rules.flag(),
    preserveHostHeader: rules.flag(),
    tlsVersionAndCipherSuiteHeaders: rules.flag(),
    wafFailOpen: rules.flag(),
    zonalShift: rules.flag(),
    http2: rules.flag(),
  };
}

const WEB_ACL = /^arn:aws[a-z-]*:wafv2:([a-z0-9-]+):\d{12}:regional\/webacl\/.+\/.+$/;

const webAclInRegion: rules.Relation = {
  of: ["availabilityZones", "webAclArn"],
  judge({ availabilityZones, webAclArn }, at) {
    const [zone = ""] = rules.strings(availabilityZones);
    const region = REGION_OF_ZONE.exec(zone)?.[1];
    const [arn = ""] = rules.strings([webAclArn]);
    const madeIn = WEB_ACL.exec(arn)?.[1];
    if (region === undefined || madeIn === undefined || madeIn === region) return;
    at.key("webAclArn").state(
      `must be a web ACL in the load balancer's region ${region}, got one in ${at.shown(madeIn)}; ` +
        `make it in ${region}`,
    );
  },
};

const portInAppendedAddress: rules.Relation = {
  of: ["xffClientPort", "xffHeaderProcessingMode"],
  judge({ xffClientPort, xffHeaderProcessingMode: mode = XffHeaderProcessingMode.Append }, at) {
    if (xffClientPort !== true || mode === XffHeaderProcessingMode.Append) return;
    at.key("xffClientPort").state(
      "goes with the xffHeaderProcessingMode append only, as the other modes add no address; " +
        "leave it out or choose that mode",
    );
  },
};

const expiryOfOwnBucket: rules.Relation = {
  of: ["logExpirationDays"],
  judge({ logExpirationDays, ...args }, at) {
    const logs = [args.accessLogs, args.connectionLogs, args.healthCheckLogs];
    const homeless = logs.some(
      (one) => one !== undefined && rules.valueAt(one, "bucket") === undefined,
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

const logs = rules.object(
  {
    bucket: rules.text(
      "the name of an S3 bucket, 3 to 63 lower-case letters, digits, dots and hyphens",
      (value) => /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
      "pass the bucket's name, not its ARN or a URL",
    ),
    prefix: rules.text(
      'a path without "AWSLogs" and without a slash at either end',
      (value) => value !== "" && !value.includes("AWSLogs") && !/^\/|\/$/.test(value),
      'write it like "production/web"; AWS adds "/AWSLogs/<account>" itself',
    ),
    enabled: rules.flag(),
  },
  { defaults: DEFAULTS.Logs },
);
