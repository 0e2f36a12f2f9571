import { isIPv4 } from "node:net";
import { Preflight, ProtocolVersion, TargetType, type LoadBalancedGroupArgs } from "./args";
import { liesIn, networkOf } from "./cidr";
import * as rules from "./rules";
import { port, targetGroupRules } from "./targetGroupRules";

/*
 * Every rule here is one that AWS has too, but reports late, one at a time or obscurely. The numbers
 * are those of the Elastic Load Balancing API reference and user guide.
 */

/** All that is wrong with the arguments, as far as they are known. */
export function findProblems(name: string, args: LoadBalancedGroupArgs): rules.Problem[] {
  const at = new rules.Place(name, "", []);
  rules.judged(group(args), args, at);
  return at.problems;
}

/**
 * The arguments, if nothing is wrong with them; outputs among them are judged when they become known.
 *
 * @throws pulumi.InputPropertiesError with every problem that can be known now.
 */
export function checkedArgs(name: string, args: LoadBalancedGroupArgs): LoadBalancedGroupArgs {
  const at = new rules.Place(name, "", []);
  const checked = rules.judged(group(args), args, at);
  if (at.problems.length > 0) throw rules.refusal(name, at.problems);
  return checked;
}

const REGION_OF_ZONE = /^([a-z]{2,}(?:-[a-z]+)+-\d+)(?:-[a-z]+-\d+)?[a-z]$/;
const CERTIFICATE =
  /^arn:aws[a-z-]*:(?:acm:([a-z0-9-]+):\d{12}:certificate\/.+|iam::\d{12}:server-certificate\/.+)$/;

const zone = rules.text(
  "the name of an Availability Zone",
  (value) => REGION_OF_ZONE.test(value),
  'write a name like "us-west-2a"',
);
const namesResources = "it names the resources made here";

/** The rules of a group; those of its targets hang on their type, so on the arguments themselves. */
function group(args: LoadBalancedGroupArgs): rules.Rule {
  const targetGroup = rules.valueAt(args, "targetGroup");
  const byAddress = rules.valueAt(targetGroup, "targetType") === TargetType.Ip;
  const grpc = rules.valueAt(targetGroup, "protocolVersion") === ProtocolVersion.GRPC;
  return rules.object(
    {
      availabilityZones: rules.plain(
        rules.list(zone, "Availability Zones", 2),
        "they decide how many look-ups there are; pass subnetIds instead",
      ),
      subnetIds: rules.list(rules.awsId("subnet", "a subnet"), "subnets in different zones", 2),
      vpcId: rules.awsId("vpc", "a VPC"),
      internal: rules.plain(rules.flag(), "it decides which clients are admitted"),
      instanceIds: rules.plain(
        rules.list(
          rules.plain(
            rules.awsId("i", "an EC2 instance"),
            `${namesResources}; use targets instead`,
          ),
          "instance ids",
        ),
        `${namesResources}; put ids that are outputs into targets, each under a key of yours`,
      ),
      targets: rules.plain(
        rules.dictionary(target(byAddress), "targets", (key, at) => {
          if (key.trim() === "") at.state("must have a key that is not empty; the key names it");
        }),
        "its keys name the registrations; only the ids in it may be outputs",
      ),
      targetGroup: targetGroupRules(grpc),
      securityGroupIds: rules.list(securityGroup, "security groups", 1, 5),
      ingressCidrBlocks: rules.plain(
        rules.list(rules.plain(cidr, namesResources), "networks"),
        namesResources,
      ),
      targetSecurityGroupIds: rules.plain(
        rules.list(rules.plain(securityGroup, ownRule), "security groups"),
        ownRule,
      ),
      port,
      certificateArn: rules.text(
        "the ARN of a certificate in ACM or IAM",
        (value) => CERTIFICATE.test(value),
        'copy it from the certificate, "arn:aws:acm:<region>:<account>:certificate/<id>"',
      ),
      deletionProtection: rules.flag(),
      accessLogs,
      tags,
      preflight: rules.plain(rules.choice(Preflight), "it decides what is asked"),
    },
    { relations: [placement, ownSecurityGroup, httpsPort, encrypted, oneRegion, registeredOnce] },
  );
}

const securityGroup = rules.awsId("sg", "a security group");

const ownRule =
  `${namesResources}; for a group made in this program add an ` +
  "aws.vpc.SecurityGroupIngressRule to it, from the group's securityGroupId";

const cidr: rules.Rule = {
  visit(value, at) {
    const network = typeof value === "string" ? networkOf(value) : undefined;
    if (network === undefined) {
      at.report("must be an IPv4 network in CIDR notation", value, 'write it like "10.0.0.0/16"');
    } else if (network !== value) {
      at.report("must not have bits set behind its prefix", value, `write "${network}"`);
    }
    return value;
  },
};

const address = rules.text(
  "an IPv4 address",
  isIPv4,
  "pass the target's private address, since the target type is ip",
);

function target(byAddress: boolean): rules.Rule {
  const instance = {
    of: ["availabilityZone"],
    judge({ availabilityZone }: Readonly<Record<string, unknown>>, at: rules.Place) {
      if (availabilityZone === undefined) return;
      at.key("availabilityZone").refuse(
        "is for addresses, not for instances, whose zone AWS knows; leave it out",
      );
    },
  };
  return rules.object(
    {
      id: byAddress ? address : rules.awsId("i", "an EC2 instance"),
      port,
      availabilityZone: rules.plain(
        rules.text(
          'an Availability Zone or "all"',
          (value) => value === "all" || REGION_OF_ZONE.test(value),
          'write a zone like "us-west-2a", or "all" for an address outside the VPC',
        ),
        "security group rules hang on it",
      ),
    },
    { required: ["id"], relations: [byAddress ? privateOutside : instance] },
  );
}

/** The networks in which an address outside the group's VPC may lie. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

const privateOutside: rules.Relation = {
  of: ["id", "availabilityZone"],
  judge({ id, availabilityZone }, at) {
    if (availabilityZone !== "all" || typeof id !== "string" || !isIPv4(id)) return;
    if (liesIn(id, PRIVATE)) return;
    at.key("id").report(
      `must lie in one of the private networks ${PRIVATE.join(", ")}, as it is outside the VPC`,
      id,
      "pass the target's private address; public ones can't be registered",
    );
  },
};

const accessLogs = rules.object(
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
  },
  { required: ["bucket"] },
);

const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The number of characters, as AWS counts them. */
const lengthOf = (value: string) => Array.from(value).length;

const tagValue = rules.text(
  "a string of at most 256 letters, digits, spaces and + - = . _ : / @",
  (value) => lengthOf(value) <= 256 && TAG_CHARACTERS.test(value),
  "shorten it or leave other characters out",
);

const tagsByKey = rules.dictionary(tagValue, "tags", (key, at) => {
  if (key === "" || lengthOf(key) > 128 || !TAG_CHARACTERS.test(key)) {
    at.state(
      "must have a key of 1 to 128 letters, digits, spaces and + - = . _ : / @; choose another key",
    );
  }
  if (/^aws:/i.test(key)) {
    at.state(
      'must have a key that does not start with "aws:", which AWS keeps; choose another key',
    );
  }
});

const tags: rules.Rule = {
  visit(value, at) {
    const count = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
    if (count > 50) at.state(`must be at most 50 tags, got ${count}; leave some out`);
    return tagsByKey.visit(value, at);
  },
};

const placement: rules.Relation = {
  of: [],
  judge({ availabilityZones, subnetIds }, at) {
    if (availabilityZones === undefined && subnetIds === undefined) {
      at.key("availabilityZones").state(
        'is required; name at least 2 zones in which the servers lie, such as ["us-west-2a", "us-west-2b"]',
      );
    } else if (availabilityZones !== undefined && subnetIds !== undefined) {
      at.key("subnetIds").refuse("does not go with availabilityZones; leave one of them out");
    }
  },
};

const ownSecurityGroup: rules.Relation = {
  of: [],
  judge({ securityGroupIds, ingressCidrBlocks }, at) {
    if (securityGroupIds === undefined || ingressCidrBlocks === undefined) return;
    at.key("ingressCidrBlocks").refuse(
      "goes with the security group that is made here, not with securityGroupIds, which are never " +
        "edited; leave one of them out",
    );
  },
};

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
  judge({ targetGroup, certificateArn }, at) {
    const version = rules.valueAt(targetGroup, "protocolVersion");
    if (certificateArn !== undefined) return;
    if (version !== ProtocolVersion.HTTP2 && version !== ProtocolVersion.GRPC) return;
    at.key("targetGroup")
      .key("protocolVersion")
      .state(`can be ${version} behind an HTTPS listener only; pass a certificateArn`);
  },
};

const oneRegion: rules.Relation = {
  of: ["availabilityZones", "certificateArn"],
  judge({ availabilityZones, certificateArn }, at) {
    const regions = new Set(
      strings(availabilityZones).map((name) => REGION_OF_ZONE.exec(name)?.[1]),
    );
    const [region, ...others] = [...regions].filter((one) => one !== undefined);
    if (others.length > 0) {
      at.key("availabilityZones").state(
        `must lie in one region, got zones of ${[region, ...others].join(" and ")}; ` +
          "make a group in each region",
      );
    }
    const issuedIn = strings([certificateArn]).map((arn) => CERTIFICATE.exec(arn)?.[1])[0];
    if (regions.size > 0 && issuedIn !== undefined && issuedIn !== region) {
      at.key("certificateArn").state(
        `must be a certificate in the load balancer's region ${region}, got one in ${at.shown(issuedIn)}; ` +
          `request or import it in ${region}`,
      );
    }
  },
};

/** The strings in a list that may hold other things, or not be one. */
function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** A target that is registered under two names would be lost when one of them is removed. */
const registeredOnce: rules.Relation = {
  of: [],
  judge({ instanceIds, targets, targetGroup }, at) {
    const instances = strings(instanceIds);
    if (rules.valueAt(targetGroup, "targetType") === TargetType.Ip && instances.length > 0) {
      at.key("instanceIds").refuse(
        "are for the target type instance; with the type ip put addresses into targets",
      );
    }
    const groupPort = rules.valueAt(targetGroup, "port") ?? 80;
    const identity = (id: string, own: unknown) => JSON.stringify([id, own ?? groupPort]);
    const seen = new Map(instances.map((id) => [identity(id, undefined), "instanceIds"]));
    for (const [key, one] of Object.entries(targets ?? {})) {
      const place = at.key("targets").key(key);
      if (instances.includes(key)) {
        place.state(
          "must not have the key of one of instanceIds; choose another, or leave one out",
        );
      }
      for (const id of strings([rules.valueAt(one, "id")])) {
        const registration = identity(id, rules.valueAt(one, "port"));
        const other = seen.get(registration);
        if (other === undefined) seen.set(registration, place.path);
        else place.state(`must not register ${id} on the same port as ${other}; leave one out`);
      }
    }
  },
};
