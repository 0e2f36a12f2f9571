import assert from "node:assert/strict";
import { findConfigProblems, secrecyProblems } from "../../stacks/configuration";
import { parseConfig } from "../../stacks/parsing";
import { orderedByRemedy, remedyFor } from "../../stacks/remedies";
import { CERTIFICATE } from "../support/exampleArgs";
import { OIDC } from "../support/logins";

const ZONES = '["us-west-2a","us-west-2b"]';

/** The remedies for a configuration, without the words that all commands start with. */
function remedies(
  config: Readonly<Record<string, string>>,
  { region, secrets = [] }: { region?: string; secrets?: string[] } = {},
): string[] {
  const values = parseConfig(Object.entries({ availabilityZones: ZONES, ...config }));
  const isSecret = (key: string) => secrets.includes(key);
  const stack = { name: "test", config: values, region, isSecret };
  const problems = [
    ...findConfigProblems(values, region),
    ...secrecyProblems(values, isSecret, "set it without --secret"),
  ];
  return orderedByRemedy(problems).map((one) =>
    remedyFor(one, stack).replaceAll("pulumi config ", "").replaceAll(" -s test", ""),
  );
}

describe("the remedy for a problem of the configuration", () => {
  const cases: [what: string, config: Record<string, string>, ...remedies: string[]][] = [
    ["keeps a misspelt text", { vpcid: "vpc-1" }, "rm vpcid && set vpcId vpc-1"],
    ["keeps a misspelt number", { prot: "81" }, "rm prot && set port 81"],
    ["keeps a misspelt flag", { intrnal: "true" }, "rm intrnal && set internal true"],
    ["keeps a misspelt choice", { prefligt: "warn" }, "rm prefligt && set preflight warn"],
    ["sets no property twice", { prot: "81", port: "82" }, "rm prot"],
    [
      "keeps what is misspelt in an object",
      { targetGroup: '{"healthCheck":{"pth":"/x"}}' },
      "rm --path targetGroup.healthCheck.pth && set --path targetGroup.healthCheck.path /x",
    ],
    ...["yes", "On", "1", "enabled"].map((text): (typeof cases)[number] => [
      `takes ${text} for true`,
      { internal: text },
      "set internal true",
    ]),
    ...["no", "Off", "0", "disabled"].map((text): (typeof cases)[number] => [
      `takes ${text} for false`,
      { internal: text },
      "set internal false",
    ]),
    ["takes the nearest choice", { ipAddressType: "Dualstak" }, "set ipAddressType dualstack"],
    ["leaves other values to the user", { vpcId: "web" }, "set vpcId VALUE"],
    [
      "makes an object of a number",
      { targetGroup: "8080" },
      "rm targetGroup && set --path targetGroup.port 8080",
    ],
    [
      "sets what an object must have",
      { domain: "www.example.com" },
      "rm domain && set --path domain.name www.example.com",
    ],
    [
      "names what else an object must have",
      { rules: '{"a":{"pathPatterns":["/a"],"fixedResponse":"x"}}' },
      "rm --path rules.a.fixedResponse && set --path rules.a.fixedResponse.statusCode VALUE",
    ],
    ["takes a key where the user chooses it", { tags: "x" }, "rm tags && set --path tags.KEY x"],
    [
      "makes a list of a text in an object",
      { alarms: "x" },
      "rm alarms && set --path 'alarms.topicArns[0]' x",
    ],
    [
      "starts an object with what has a default",
      { accessLogs: "logs" },
      "rm accessLogs && set --path accessLogs.enabled true",
    ],
    [
      "makes a list of an item",
      { instanceIds: "i-1" },
      "rm instanceIds && set --path 'instanceIds[0]' i-1",
    ],
    [
      "takes the item of a list with one",
      { targets: '["10.0.0.1"]' },
      "rm targets && set --path targets.KEY.id 10.0.0.1",
    ],
    [
      "takes nothing of an object that is no list",
      { instanceIds: '{"a":"i-1"}' },
      "rm instanceIds && set --path 'instanceIds[0]' VALUE",
    ],
    [
      "lets Pulumi ask for a secret",
      {
        certificateArn: CERTIFICATE,
        authenticateOidc: JSON.stringify({
          ...OIDC,
          clientSecret: undefined,
          clientsecret: "hidden",
        }),
      },
      "set --secret --path authenticateOidc.clientSecret",
      "rm --path authenticateOidc.clientsecret && set --secret --path authenticateOidc.clientSecret",
    ],
    [
      "adds what a rule lacks",
      { rules: '{"a":{}}' },
      "set --path 'rules.a.hostHeaders[0]' VALUE",
      "set --path rules.a.targetGroup VALUE",
    ],
    [
      "takes nothing of a list with several items",
      { tags: '["x","y"]' },
      "rm tags && set --path tags.KEY VALUE",
    ],
    [
      "shows an object that it can't complete",
      { availabilityZones: '["us-west-2a","us-east-1b"]' },
      "get availabilityZones  # shows it",
    ],
    ["takes a key with a dot for a key", { "a.b": "1" }, "rm a.b"],
    ["quotes keys for the shell", { "it's": "1" }, "rm 'it'\\''s'"],
    ["quotes keys of the user", { tags: '{"a b":{}}' }, `set --path 'tags["a b"]' VALUE`],
    ["removes what needs something else", { httpsOnly: "true" }, "rm httpsOnly"],
    [
      "adds zones where there are none",
      { availabilityZones: "{}" },
      "rm availabilityZones && set --path 'availabilityZones[0]' us-west-2a && " +
        "set --path 'availabilityZones[1]' us-west-2b",
    ],
  ];
  for (const [what, config, ...expected] of cases) {
    it(what, () => {
      assert.deepEqual(remedies(config), expected);
    });
  }

  it("takes zones of the provider's region that are not in use", () => {
    assert.deepEqual(remedies({ availabilityZones: '["eu-west-1b"]' }, { region: "eu-west-1" }), [
      "set --path 'availabilityZones[1]' eu-west-1a",
    ]);
    const used = '["eu-west-1a","eu-west-1b","eu-west-1c","us-east-1a"]';
    assert.ok(
      remedies({ availabilityZones: used }, { region: "eu-west-1" }).includes(
        "set --path 'availabilityZones[3]' eu-west-1d",
      ),
    );
    assert.deepEqual(remedies({ availabilityZones: '["eu-west-1a"]' }), [
      "set --path 'availabilityZones[1]' eu-west-1b",
    ]);
  });

  it("shows no secret, and keeps what else is encrypted with it", () => {
    const secret = (key: string, value: string) => remedies({ [key]: value }, { secrets: [key] });
    assert.deepEqual(secret("vpcId", "x"), ["set --secret vpcId  # asks for it"]);
    assert.deepEqual(secret("prot", "81"), ["rm prot"]);
    const shown =
      "get rules  # shows the whole value; correct the wrong part, and then set the whole value again: set --secret rules";
    assert.deepEqual(secret("rules", '{"a":{}}'), [shown, shown]);
    assert.deepEqual(secret("instanceIds", '["i-1"]'), [
      "get instanceIds | set --plaintext instanceIds",
    ]);
  });
});
