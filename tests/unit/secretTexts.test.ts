import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SecretTexts } from "../../components/gate/secretTexts";
import { record } from "../support/recorder";

/** The message as it is shown if these values are secret. */
async function shown(message: string, ...secrets: unknown[]): Promise<string> {
  let redacted = "";
  await record(async () => {
    const args = { plain: "plain", nested: secrets.map((one) => ({ value: pulumi.secret(one) })) };
    redacted = await new SecretTexts(args).redact(message);
  });
  return redacted;
}

describe("the secret texts in a message", () => {
  it("are hidden whole, even if one is a part of another", async () => {
    assert.equal(await shown("got web.example", "web", "web.example"), "got [secret]");
    assert.equal(await shown("got web.example", "web.example", "web"), "got [secret]");
  });

  it("are hidden as words of their own", async () => {
    assert.equal(
      await shown("web, a web-1, 1-web, webs and (web)", "web"),
      "[secret], a web-1, 1-web, webs and ([secret])",
    );
  });

  it("are numbers too, and keys, but not what is too short", async () => {
    assert.equal(await shown("4711 and 47", 4711, 47), "[secret] and 47");
    assert.equal(
      await shown("key holds value or ab", { key: ["value", "ab"] }),
      "[secret] holds [secret] or ab",
    );
    assert.equal(await shown("true", true), "true");
  });

  it("are the account and the IDs of an ARN, and not its region or service", async () => {
    const arn = "arn:aws:acm:us-west-2:123456789012:certificate/0a1b";
    assert.equal(
      await shown(`${arn}: 0a1b of 123456789012 in us-west-2, acm certificate`, arn),
      "[secret]: [secret] of [secret] in us-west-2, acm certificate",
    );
    assert.equal(
      await shown("0a1b in us-gov-west-1", arn.replace("us-west-2", "us-gov-west-1")),
      "[secret] in us-gov-west-1",
    );
    assert.equal(await shown("port 8080 of host:8080", "host:8080"), "port 8080 of [secret]");
  });

  it("are none in values that are not secret, or not known yet", async () => {
    await record(
      async () => {
        const args = { open: pulumi.output("open"), later: pulumi.secret(pulumi.unknown) };
        assert.equal(await new SecretTexts(args).redact("open later"), "open later");
      },
      { preview: true },
    );
  });
});
