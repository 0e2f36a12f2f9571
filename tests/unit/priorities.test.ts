import assert from "node:assert/strict";
import {
  FIRST,
  nearestFree,
  LAST,
  priorityOf,
  rangeOf,
  type RuleConditions,
} from "../../components/plan/priorities";

/** A path with a wildcard; the shortest one has another, since "/*" matches every request. */
const path = (length: number) => (length === 1 ? "/?" : `/${"x".repeat(length - 1)}*`);
const headers = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`h${index}`, ["v"]]));

/** From the most to the least specific. */
const HOSTS: (string[] | undefined)[] = [
  ["a.example.com"],
  ["*.a.b.c.example.com"],
  ["*.a.example.com"],
  ["?.example.com"],
  ["*.com"],
  undefined,
];
const PATHS: (string[] | undefined)[] = [
  ["/exact"],
  ...Array.from({ length: 48 }, (_, index) => [path(48 - index)]),
  ["?*"],
  undefined,
];
const OTHERS = [4, 3, 2, 1, 0];

const RANKED: RuleConditions[] = HOSTS.flatMap((hostHeaders) =>
  PATHS.flatMap((pathPatterns) =>
    OTHERS.map((count) => ({ hostHeaders, pathPatterns, httpHeaders: headers(count) })),
  ),
);

describe("the priority of a rule", () => {
  it("has a range for each kind of specificity, one after the other, within the automatic ones", () => {
    let next = FIRST;
    for (const rule of RANKED) {
      const { start, width } = rangeOf(rule);
      assert.equal(start, next, JSON.stringify(rule));
      assert.ok(width >= 1);
      next = start + width;
    }
    assert.ok(next - 1 <= LAST, String(next));
    assert.ok(next > LAST - 500, `${LAST - next} numbers are left unused`);
  });

  it("is after all wildcards with regular expressions, and counts each condition for a header", () => {
    const host = rangeOf({ hostHeaderRegexValues: ["^a"] });
    assert.deepEqual(host, rangeOf({ hostHeaders: ["*.com"] }));
    const path = rangeOf({ pathPatternRegexValues: ["^/a"] });
    assert.deepEqual(path, rangeOf({ pathPatterns: ["?*"] }));
    const a = { httpHeaderName: "X", values: ["1"] };
    const named = { httpHeaders: { X: ["2"] }, httpHeaderConditions: { a, b: a } };
    assert.deepEqual(rangeOf(named), rangeOf({ httpHeaders: headers(3) }));
  });

  it("is smaller for the more specific rule, with any keys", () => {
    RANKED.slice(1).forEach((rule, index) => {
      for (const [one, other] of [
        ["a", "b"],
        ["zebra", "api"],
        ["", "日本"],
      ]) {
        assert.ok(priorityOf(one, RANKED[index]) < priorityOf(other, rule));
      }
    });
  });

  it("depends on the rule and its key alone, and is spread over the range", () => {
    const rule = { hostHeaders: ["shop.example.com"] };
    const { start, width } = rangeOf(rule);
    const numbers = Array.from({ length: 1000 }, (_, index) => priorityOf(`rule-${index}`, rule));
    assert.ok(numbers.every((number) => number >= start && number < start + width));
    assert.ok(new Set(numbers).size > 900, String(new Set(numbers).size));
    const parts = new Set(numbers.map((number) => Math.floor(((number - start) / width) * 10)));
    assert.equal(parts.size, 10);
  });

  it("stays what it is in later versions, whose rules would change places otherwise", () => {
    const api = ["api.example.com"];
    const rules: [RuleConditions, number][] = [
      [{ hostHeaders: api, pathPatterns: ["/v1"] }, 1604],
      [{ hostHeaders: api, pathPatterns: ["/v1/*"] }, 7097],
      [{ hostHeaders: api }, 12319],
      [{ hostHeaders: ["*.example.com"], pathPatterns: [path(40)] }, 23479],
      [{ hostHeaders: ["*.example.com"] }, 25468],
      [{ pathPatterns: ["/v1/*"], httpRequestMethods: ["GET"] }, 44016],
      [{ pathPatterns: ["/v1/*"] }, 44352],
      [{ sourceIps: ["10.0.0.0/8"] }, 46612],
      [{}, 47332],
    ];
    for (const [rule, priority] of rules) assert.equal(priorityOf("api", rule), priority);
  });

  it("is that of the value that matches the most", () => {
    const range = (rule: RuleConditions) => rangeOf(rule).start;
    assert.equal(
      range({ hostHeaders: ["a.example.com", "*.example.com"] }),
      range({ hostHeaders: ["*.example.com"] }),
    );
    assert.equal(
      range({ pathPatterns: ["/exact", "/long/path/*", "/a?"] }),
      range({ pathPatterns: ["/a*"] }),
    );
    assert.equal(range({ pathPatterns: [path(128)] }), range({ pathPatterns: [path(48)] }));
    assert.equal(
      range({ hostHeaders: ["*.a.b.c.d.e.com"] }),
      range({ hostHeaders: ["*.b.c.d.com"] }),
    );
    const five = { httpHeaders: headers(3), httpRequestMethods: ["GET"], sourceIps: ["::/0"] };
    assert.equal(range(five), range({ httpHeaders: headers(4) }));
    assert.equal(
      range({ queryStrings: { a: ["1"], b: ["1"] }, httpRequestMethods: ["GET", "HEAD"] }),
      range({ httpHeaders: headers(3) }),
    );
  });

  it("is that of a rule without paths where a path matches every request", () => {
    for (const everything of ["*", "/*"]) {
      const query = { queryStrings: { a: ["1"] } };
      assert.ok(
        priorityOf("query", query) < priorityOf("all", { pathPatterns: [everything] }),
        everything,
      );
      assert.deepEqual(rangeOf({ pathPatterns: ["/a", everything] }), rangeOf({}));
    }
  });

  it("seldom meets another one", () => {
    const clashes = (rule: (index: number) => RuleConditions, count: number) => {
      let met = 0;
      for (let round = 0; round < 200; round += 1) {
        const keys = Array.from({ length: count }, (_, index) => `service-${round}-${index}`);
        const numbers = keys.map((key, index) => priorityOf(key, rule(index)));
        if (new Set(numbers).size < count) met += 1;
      }
      return met / 200;
    };
    // Twenty services by host, and by paths of one to five lengths.
    assert.ok(clashes(() => ({ hostHeaders: ["a.example.com"] }), 20) < 0.06);
    assert.ok(clashes((index) => ({ pathPatterns: [path(6 + (index % 10))] }), 20) < 0.08);
  });

  it("that is taken has a free one beside it", () => {
    const taken = new Set([1, 2, 10, 11, 50_000]);
    const isTaken = (priority: number) => taken.has(priority);
    assert.equal(nearestFree(10, isTaken), 9);
    assert.equal(nearestFree(1, isTaken), 3);
    assert.equal(nearestFree(50_000, isTaken), 49_999);
    assert.equal(nearestFree(20, isTaken), 21);
    assert.equal(
      nearestFree(2, (priority) => priority !== 1),
      1,
    );
    assert.equal(
      nearestFree(49_999, (priority) => priority < 50_000),
      50_000,
    );
  });
});
