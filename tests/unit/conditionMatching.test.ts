import assert from "node:assert/strict";
import {
  coversPattern,
  coversRule,
  overlapsPattern,
  overlapsRule,
} from "../../components/listeners/rules/conditionMatching";

/** Whether a text matches a pattern, in the plainest way. */
const matches = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replaceAll("*", "[ab]*").replaceAll("?", "[ab]")}$`).test(text);

const words = (letters: string, length: number): string[] =>
  length === 0
    ? [""]
    : words(letters, length - 1).flatMap((word) =>
        word.length === length - 1 ? [word, ...letters.split("").map((one) => word + one)] : [word],
      );

describe("the comparison of conditions", () => {
  it("agrees with what the patterns match", () => {
    const patterns = words("ab?*", 3);
    const texts = words("ab", 5);
    for (const pattern of patterns) {
      for (const other of patterns) {
        const about = `${pattern} and ${other}`;
        const both = texts.filter((text) => matches(pattern, text) && matches(other, text));
        assert.equal(overlapsPattern(pattern, other), both.length > 0, about);
        if (!coversPattern(pattern, other)) continue;
        assert.ok(
          texts.every((text) => !matches(other, text) || matches(pattern, text)),
          about,
        );
      }
    }
    assert.ok(coversPattern("/a*", "/ab*c?"));
    assert.ok(coversPattern("*", "?*?"));
    assert.ok(!coversPattern("/a?", "/a*"));
  });

  it("ignores the case of hosts, headers and queries, and not that of paths", () => {
    assert.ok(coversRule({ hostHeaders: ["*.A.com"] }, { hostHeaders: ["b.a.com"] }));
    assert.ok(!coversRule({ pathPatterns: ["/A*"] }, { pathPatterns: ["/ab"] }));
    assert.ok(coversRule({ httpHeaders: { X: ["V*"] } }, { httpHeaders: { x: ["v1"] } }));
    assert.ok(coversRule({ queryStrings: { "": ["*"] } }, { queryStrings: { a: ["1"] } }));
    assert.ok(!coversRule({ queryStrings: { a: ["*"] } }, { queryStrings: { "": ["1"] } }));
    assert.ok(!coversRule({ queryStrings: { a: ["*"] } }, { queryStrings: { b: ["1"] } }));
  });

  it("takes regular expressions for wider only where they are the same", () => {
    const [one, other] = [["^/a", "^/b"], ["^/a"]];
    assert.ok(coversRule({ pathPatternRegexValues: one }, { pathPatternRegexValues: other }));
    assert.ok(!coversRule({ pathPatternRegexValues: other }, { pathPatternRegexValues: one }));
    assert.ok(!coversRule({ pathPatternRegexValues: ["*"] }, { pathPatternRegexValues: ["a"] }));
    assert.ok(
      !coversRule({ pathPatternRegexValues: ["^/A"] }, { pathPatternRegexValues: ["^/a"] }),
    );
    assert.ok(overlapsRule({ pathPatternRegexValues: ["^/a"] }, { pathPatterns: ["/b"] }));
    const named = (values: string[]) => ({
      httpHeaderConditions: { a: { httpHeaderName: "X", values } },
    });
    assert.ok(coversRule({ httpHeaders: { x: ["v*"] } }, named(["v1"])));
    assert.ok(coversRule(named(["v*"]), { httpHeaders: { x: ["v1"] } }));
  });

  it("compares networks of one family", () => {
    assert.ok(coversRule({ sourceIps: ["10.0.0.0/8"] }, { sourceIps: ["10.1.0.0/16"] }));
    assert.ok(!coversRule({ sourceIps: ["0.0.0.0/0"] }, { sourceIps: ["::/0"] }));
    assert.ok(!overlapsRule({ sourceIps: ["10.0.0.0/8"] }, { sourceIps: ["11.0.0.0/8"] }));
    assert.ok(overlapsRule({ sourceIps: ["10.1.0.0/16"] }, { sourceIps: ["10.0.0.0/8"] }));
  });

  it("needs each condition of the wider rule, and every value of the narrower", () => {
    const rule = { hostHeaders: ["a.com"], pathPatterns: ["/a", "/b*"] };
    assert.ok(coversRule(rule, { hostHeaders: ["a.com"], pathPatterns: ["/bc"] }));
    assert.ok(!coversRule(rule, { pathPatterns: ["/bc"] }));
    assert.ok(!coversRule(rule, { hostHeaders: ["a.com"], pathPatterns: ["/a", "/c"] }));
    assert.ok(!coversRule(rule, { hostHeaders: ["a.com", "b.com"], pathPatterns: ["/a"] }));
    assert.ok(coversRule({ pathPatterns: ["*"] }, { httpRequestMethods: ["GET"] }));
    assert.ok(!overlapsRule({ httpRequestMethods: ["GET"] }, { httpRequestMethods: ["PUT"] }));
    assert.ok(overlapsRule({ httpHeaders: { a: ["1"] } }, { httpHeaders: { a: ["2"] } }));
  });

  it("says nothing certain of a value that is not known yet", () => {
    const unknown = Promise.resolve("10.0.0.0/8");
    assert.ok(!coversRule({ sourceIps: ["10.0.0.0/8"] }, { sourceIps: [unknown] }));
    assert.ok(!coversRule({ sourceIps: [unknown] }, { sourceIps: ["10.0.0.0/8"] }));
    assert.ok(overlapsRule({ sourceIps: [unknown] }, { sourceIps: ["11.0.0.0/8"] }));
  });
});
