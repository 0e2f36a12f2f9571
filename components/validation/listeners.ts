import { ProtocolVersion } from "../args";
import * as rules from "../rules";
import { REGION_OF_ZONE } from "./network";
import { port } from "./targetGroup";

/** What clients speak to. */
export function listenersRules(): Record<string, rules.Rule> {
  return {
    port,
    certificateArn: rules.text(
      "the ARN of a certificate in ACM or IAM",
      (value) => CERTIFICATE.test(value),
      'copy it from the certificate, "arn:aws:acm:<region>:<account>:certificate/<id>"',
    ),
  };
}

const CERTIFICATE =
  /^arn:aws[a-z-]*:(?:acm:([a-z0-9-]+):\d{12}:certificate\/.+|iam::\d{12}:server-certificate\/.+)$/;

const httpsPort: rules.Relation = {
  of: [],
  judge({ port: httpPort, certificateArn }, at) {
    if (certificateArn === undefined || httpPort !== 443) return;
    at.key("port").refuse(
      "can't be 443 with a certificateArn, since HTTPS listens there; leave it out to redirect from 80",
    );
  },
};

const encrypted: rules.Relation = {
  of: [],
  judge({ targetGroup, targetGroups, certificateArn }, at) {
    if (certificateArn !== undefined) return;
    const further = rules
      .entriesOf(targetGroups)
      .map(([key, group]) => [group, at.key("targetGroups").key(key)] as const);
    for (const [settings, place] of [[targetGroup, at.key("targetGroup")] as const, ...further]) {
      const version = rules.valueAt(settings, "protocolVersion");
      if (version !== ProtocolVersion.HTTP2 && version !== ProtocolVersion.GRPC) continue;
      place
        .key("protocolVersion")
        .state(`can be ${version} behind an HTTPS listener only; pass a certificateArn`);
    }
  },
};

const oneRegion: rules.Relation = {
  of: ["availabilityZones", "certificateArn"],
  judge({ availabilityZones, certificateArn }, at) {
    const regions = new Set(
      rules.strings(availabilityZones).map((name) => REGION_OF_ZONE.exec(name)?.[1]),
    );
    const [region, ...others] = [...regions].filter((one) => one !== undefined);
    if (others.length > 0) {
      at.key("availabilityZones").state(
        `must lie in one region, got zones of ${[region, ...others].join(" and ")}; ` +
          "make a group in each region",
      );
    }
    const issuedIn = rules.strings([certificateArn]).map((arn) => CERTIFICATE.exec(arn)?.[1])[0];
    if (regions.size > 0 && issuedIn !== undefined && issuedIn !== region) {
      at.key("certificateArn").state(
        `must be a certificate in the load balancer's region ${region}, got one in ${at.shown(issuedIn)}; ` +
          `request or import it in ${region}`,
      );
    }
  },
};

export const listenersRelations = [httpsPort, encrypted, oneRegion];
