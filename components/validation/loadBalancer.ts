import * as rules from "../rules";

/** The load balancer's own settings. */
export function loadBalancerRules(): Record<string, rules.Rule> {
  return {
    deletionProtection: rules.flag(),
    accessLogs,
  };
}

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
