import { DesyncMitigationMode, XffHeaderProcessingMode } from "../args";
import * as checks from "../checks";
import { REGION_OF_ZONE } from "../plan/regions";

/** The checks of the load balancer's attributes. */
export function loadBalancerChecks() {
  return {
    deletionProtection: checks.flag(),
    webAclArn: checks.text(
      "the ARN of a regional AWS WAF web ACL",
      (value) => WEB_ACL.test(value),
      'copy the ARN of the web ACL, "arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>"; ' +
        "web ACLs of WAF Classic and CloudFront can't be used",
    ),
    idleTimeout: checks.whole(1, 4000, "seconds"),
    clientKeepAlive: checks.whole(60, 604800, "seconds"),
    minimumCapacityUnits: checks.whole(100, MAX_CAPACITY_UNITS, "LCUs"),
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

/** AWS has a quota below this, which it raises on request. */
const MAX_CAPACITY_UNITS = 2 ** 31 - 1;

const WEB_ACL = /^arn:aws[a-z-]*:wafv2:([a-z0-9-]+):\d{12}:regional\/webacl\/.+\/.+$/;

const webAclInRegion: checks.Relation = {
  properties: ["availabilityZones", "webAclArn"],
  check({ availabilityZones, webAclArn }, at) {
    const [zone = ""] = checks.strings(availabilityZones);
    const region = REGION_OF_ZONE.exec(zone)?.[1];
    const [arn = ""] = checks.strings([webAclArn]);
    const madeIn = WEB_ACL.exec(arn)?.[1];
    if (region === undefined || madeIn === undefined || madeIn === region) return;
    const must = `must be a web ACL in the load balancer's region ${region}`;
    at.key("webAclArn").report("region", must, webAclArn, `create one in ${region}`);
  },
};

const portInAppendedAddress: checks.Relation = {
  properties: ["xffClientPort", "xffHeaderProcessingMode"],
  check({ xffClientPort, xffHeaderProcessingMode: mode = XffHeaderProcessingMode.Append }, at) {
    if (xffClientPort !== true || mode === XffHeaderProcessingMode.Append) return;
    at.key("xffClientPort").reportRemoval(
      "conflict",
      "needs the xffHeaderProcessingMode append, because only this mode adds the client's address to " +
        "X-Forwarded-For; " +
        "remove it, or set xffHeaderProcessingMode to append",
    );
  },
};

export const loadBalancerRelations = [webAclInRegion, portInAppendedAddress];
