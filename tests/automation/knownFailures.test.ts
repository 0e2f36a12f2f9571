import assert from "node:assert/strict";
import { knownFailure } from "../../automation/knownFailures";

/** What engines, the real provider and AWS's SDKs say, of more than one version, and what that is. */
const SAID: readonly (readonly [string, string, string | undefined])[] = [
  [
    "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
    "backend-unusable",
    "not-logged-in",
  ],
  [
    "error: unable to open bucket file:///a?no_tmp_dir=true: stat /a: no such file or directory",
    "backend-unusable",
    "missing",
  ],
  [
    'error: unable to open state directory "file:///a": stat /a: no such file or directory',
    "backend-unusable",
    "missing",
  ],
  [
    'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): RequestError: send ' +
      'request failed\ncaused by: Get "https://b.s3.us-west-2.amazonaws.com/.pulumi/meta.yaml": dial tcp: ' +
      "lookup b.s3.us-west-2.amazonaws.com: no such host",
    "backend-unusable",
    "unreachable",
  ],
  [
    'error: performing HTTP request: Get "https://api.pulumi.com/api/user": dial tcp: no such host',
    "backend-unusable",
    "unreachable",
  ],
  [
    'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=NotFound): NoSuchBucket: The ' +
      "specified bucket does not exist",
    "backend-unusable",
    "missing",
  ],
  [
    'failed to save snapshot: blob (key ".pulumi/stacks/p/prod.json") (code=Unknown): ExpiredToken: The ' +
      "provided token has expired.",
    "backend-unusable",
    "denied",
  ],
  ["write /state/.pulumi/stacks/p/dev.json: no space left on device", "backend-unusable", "full"],
  [
    "error: failed to load checkpoint: place 1: unexpected end of JSON input",
    "backend-unusable",
    "unreadable",
  ],
  [
    "error: could not create secrets manager for new stack: passphrase must be set with " +
      "PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    "passphrase",
    "missing",
  ],
  ["error: getting secrets manager: incorrect passphrase", "passphrase", "wrong"],
  [
    "pulumi:providers:aws resource 'default' has a problem: No valid credential sources found.",
    "credentials",
    "missing",
  ],
  [
    "unable to validate AWS credentials - see https://pulumi.io/install/aws.html",
    "credentials",
    "missing",
  ],
  [
    "operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 8, api error " +
      "ExpiredToken: The security token included in the request is expired",
    "credentials",
    "expired",
  ],
  ["api error InvalidClientTokenId: The security token is invalid", "credentials", "refused"],
  ["has a problem: Invalid credentials configured.", "credentials", "refused"],
  ["invalid AWS Region: us-wst-2", "unreachable", undefined],
  [
    "operation error EC2: DescribeSubnets, request send failed, dial tcp: lookup ec2.us-wst-2.amazonaws.com: " +
      "no such host",
    "unreachable",
    undefined,
  ],
];

describe("errors outside of an environment", () => {
  for (const [said, kind, reason] of SAID) {
    it(`is recognized: ${said.slice(0, 70)}`, () => {
      const failure = { environment: "dev", operation: "up" as const, error: new Error(said) };
      const known = knownFailure(failure, []);
      assert.equal(known?.kind, kind);
      assert.equal(known.toJSON().reason, reason);
      assert.match(known.advice, /^[A-Z].+\.$/s);
      assert.equal(known.cause, failure.error);
    });
  }

  it("is not recognized in other words", () => {
    const error = new Error("creating ELBv2 Listener: DuplicateListener: A listener exists");
    assert.equal(knownFailure({ environment: "dev", operation: "up", error }, []), undefined);
  });
});
