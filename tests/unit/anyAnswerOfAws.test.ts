import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancedGroupArgs } from "../../components/args";
import { ACCOUNT, ANYWHERE, answersOf, IN, TRUST_STORE, type Account } from "../support/account";
import { brokenAnswers, ERRORS, LACKS, type Break } from "./brokenAnswers";
import { CERTIFICATE, EVERYTHING, ZONES } from "../support/exampleArgs";
import { recordGroup } from "../support/recordGroup";
import { ADOPTING, EXISTING } from "./adoption";

/*
 * Each question that a group asks fails in each way, alone and together with each other question, at
 * preview and at update. Either the whole group is made, and one warning says which checks were left out,
 * or nothing is made and one error says why.
 */

const IN_IAM = "arn:aws:iam::123456789012:server-certificate/web";
const keyed = <T>(count: number, of: (index: number) => T) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, of(index)]));

const account: Account = {
  ...ACCOUNT,
  subnets: ACCOUNT.subnets.map((subnet) => ({ ...subnet, free: subnet.id === "subnet-b" ? 3 : 9 })),
  instances: {
    "i-1": { zone: "us-west-2a", securityGroups: ["sg-shut"], hasIpv6: true },
    "i-2": { zone: "us-west-2b", hasIpv6: true },
  },
  securityGroups: { ...ACCOUNT.securityGroups, "sg-shut": { rules: [{ ...IN, ...ANYWHERE }] } },
  serverCertificates: { web: { arn: IN_IAM, expirationDate: "2999-01-01T00:00:00Z" } },
  loadBalancers: { "web-alb-1": ["subnet-b"], "shop-1": ["subnet-b"] },
  loadBalancing: { ...ACCOUNT.loadBalancing, ...EXISTING },
};

/** Arguments that use all there is, in as many ways of standing in a network. */
const SITUATIONS: Readonly<Record<string, LoadBalancedGroupArgs>> = {
  "everything that can be made": { ...EVERYTHING, instanceIds: ["i-1", "i-2"], internal: true },
  "given subnets and groups": {
    subnetIds: ["subnet-a", pulumi.output("subnet-b")],
    securityGroupIds: ["sg-1"],
    targetSecurityGroupIds: ["sg-t"],
    instanceIds: ["i-1"],
    targets: { two: { id: pulumi.output("i-2") } },
    certificateArn: IN_IAM,
    additionalCertificateArns: keyed(26, (index) => `${CERTIFICATE}${index}`),
    mutualAuthentication: { mode: "verify", trustStoreArn: TRUST_STORE },
    connectionLogs: {},
  },
  "dualstack, with addresses": {
    ...ZONES,
    ipAddressType: "dualstack",
    internal: true,
    targetGroup: { targetType: "ip" },
    targets: { a: { id: "172.31.0.1" } },
    targetGroups: { six: { ipAddressType: "ipv6", instanceIds: ["i-1"] } },
    forward: { weights: { default: 1, six: 1 } },
  },
  "what is taken over": ADOPTING,
};

/** What a group can't be made without; what else is asked, only checks want to know. */
const NEEDED = /^(getVpc|getSubnets|getSubnet|getCallerIdentity|getLoadBalancer)$/;
/** Asked only when another answer does not say that all is well. */
const ASKED_OF_FAULTS = ["getAvailabilityZones"];
const LEFT_OUT = /^some checks were skipped, because they or their calls to AWS failed:/;

interface Outcome {
  readonly failures: string[];
  readonly warnings: string[];
  readonly made: string[];
  readonly asked: string[];
}

async function outcomeOf(
  args: LoadBalancedGroupArgs,
  preview: boolean,
  broken: Readonly<Record<string, Break>>,
): Promise<Outcome> {
  const answer = brokenAnswers(answersOf(account), broken);
  const recording = await recordGroup(args, { preview, answer, isAws: true });
  const { failures, warnings, registrations, invocations } = recording;
  const asked = new Set(invocations.map(({ token }) => token.split(":")[2] ?? ""));
  return { failures, warnings, made: registrations.map(({ name }) => name), asked: [...asked] };
}

/** Says what is wrong with an outcome, if anything. */
function objection(whole: Outcome, got: Outcome, broken: readonly string[], isError: boolean) {
  const { failures, warnings, made } = got;
  if (
    /TypeError|is not iterable|undefined \(|Cannot read|\[object/.test(
      [...failures, ...warnings].join(),
    )
  ) {
    return "shows its insides";
  }
  if (/[^\P{Cc}\n]/u.test([...failures, ...warnings].join())) return "prints control characters";
  if (/one of the checks/.test(warnings.join())) return "does not say what was not answered";
  const leftOut = warnings.filter((warning) => LEFT_OUT.test(warning));
  if (leftOut.length > 1) return "warns more than once";
  if (failures.length > 1) return "fails more than once";
  if (failures.length === 1) {
    const [failure] = failures;
    if (made.length !== 1) return "made a part";
    if (!failure.startsWith("invalid arguments for LoadBalancedGroup 'web': "))
      return "fails unclearly";
    if (isError && !broken.some((name) => NEEDED.test(name)))
      return "is stopped by what only checks want";
    return failure.includes("; ") ? undefined : "names no remedy";
  }
  if (made.length !== whole.made.length) return "made a part, and says nothing";
  const wasAsked = broken.some((name) => got.asked.includes(name));
  if (isError && wasAsked && leftOut.length !== 1) return "does not say what was left out";
  return undefined;
}

describe("any answer of AWS", () => {
  for (const [situation, args] of Object.entries(SITUATIONS)) {
    for (const preview of [true, false]) {
      const when = preview ? "at preview" : "at update";

      it(`${situation}, ${when}: all is made, or nothing, and it says why`, async function () {
        this.timeout(120_000);
        const whole = await outcomeOf(args, preview, {});
        assert.deepEqual(whole.failures, []);
        assert.deepEqual(
          whole.warnings.filter((warning) => LEFT_OUT.test(warning)),
          [],
        );
        const asked = [...whole.asked, ...ASKED_OF_FAULTS];
        const objections: string[] = [];
        let cases = 0;
        const attempt = async (
          broken: Readonly<Record<string, Break>>,
          how: string,
          isError: boolean,
        ) => {
          cases++;
          const got = await outcomeOf(args, preview, broken);
          const against = objection(whole, got, Object.keys(broken), isError);
          const said = [...got.failures, ...got.warnings].join("\n");
          if (against !== undefined)
            objections.push(`${Object.keys(broken).join(" and ")}, ${how}: ${against}\n${said}`);
        };
        const errors = Object.entries(ERRORS);
        const ways = [...errors, ...Object.entries(LACKS)];
        for (const [index, one] of asked.entries()) {
          for (const [how, breaks] of ways)
            await attempt({ [one]: breaks }, how, Object.hasOwn(ERRORS, how));
          for (const [further, other] of asked.slice(index + 1).entries()) {
            // Each pair fails in four ways, and over all pairs each way meets each other.
            for (let turn = 0; turn < 4; turn++) {
              const [how, first] = ways[(index + further + 4 * turn) % ways.length];
              const [also, second] = ways[(3 * index + further + 5 * turn) % ways.length];
              const isError = Object.hasOwn(ERRORS, how) && Object.hasOwn(ERRORS, also);
              await attempt({ [one]: first, [other]: second }, `${how} and ${also}`, isError);
            }
          }
        }
        assert.deepEqual(objections, [], `${objections.length} of ${cases} cases`);
        total += cases;
      });
    }
  }

  let total = 0;
  it("was tried in thousands of cases", () => {
    assert.ok(total >= 2000, String(total));
  });
});
