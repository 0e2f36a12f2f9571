import assert from "node:assert/strict";
import { plotReport } from "../plot";
import type { Report } from "../report";
import { quantile, ratios, summarize } from "../statistics";
import { describeReport, table } from "../table";

const TUTORIAL = { servers: 3, groups: 1 };

const REPORT: Report = {
  machine: { cores: 2 },
  variants: { raw: "raw <resources>", archive: "package", other: "another" },
  base: "raw",
  tutorial: [
    {
      size: TUTORIAL,
      times: {
        raw: { preview: [1000, 2000, 1000] },
        archive: { preview: [1100, 2400, 1500] },
      },
    },
  ],
  growth: [
    {
      size: { servers: 1000, groups: 1 },
      times: { raw: { update: [100] }, archive: { update: [400] }, other: { update: [50] } },
    },
  ],
  providers: { archive: [{ port: 240, construct: 300, memory: undefined }] },
};

describe("the benchmark's report", () => {
  it("divides what was measured in the same round", () => {
    assert.deepEqual(ratios([3, 8], [2, 4]), [1.5, 2]);
    assert.throws(() => ratios([3], [2, 4]), /not measured in pairs/);
  });

  it("finds the median and the middle half, between neighbours in proportion", () => {
    assert.deepEqual(summarize([4, 1, 3, 2]), { median: 2.5, lower: 1.75, upper: 3.25, count: 4 });
    assert.deepEqual(summarize([7]), { median: 7, lower: 7, upper: 7, count: 1 });
    assert.equal(quantile([10, 20, 30], 1), 30);
    assert.throws(() => summarize([]), /nothing was measured/);
  });

  it("compares each way with the base, and the base with nothing", () => {
    const text = describeReport(REPORT);
    assert.match(text, /^ {2}package {2}preview +1\.20 {4}1\.15 - 1\.35 {2}3$/m);
    assert.match(text, /^ {2}1000 +1 +package +update +4\.00 /m);
    assert.match(text, /^ {2}1000 +1 +another +update +0\.50 /m);
    assert.doesNotMatch(text, /^ {2}raw/m);
  });

  it("says that the memory is not known where it is not", () => {
    assert.match(describeReport(REPORT), /^ {2}package {2}240 ms +300 ms +not known +1$/m);
  });

  it("makes columns as wide as what is in them", () => {
    assert.equal(
      table(["a", "long head"], [["wide cell", "b"]]),
      "  a          long head\n  wide cell  b",
    );
  });

  it("draws each ratio in its place on a logarithmic scale", () => {
    const picture = plotReport(REPORT);
    const dots = [...picture.matchAll(/<title>([\d.]+) \(.*?cx="([\d.]+)"/gs)];
    const place = Object.fromEntries(dots.map(([, ratio, x]) => [ratio, Number(x)]));
    assert.deepEqual(Object.keys(place).sort(), ["0.50", "1.20", "4.00"]);
    // From 0.5 at the left edge to 4 at the right: three doublings.
    assert.equal(place["0.50"], 350);
    assert.equal(place["4.00"], 830);
  });

  it("writes any label as text", () => {
    const picture = plotReport(REPORT);
    assert.match(picture, /multiple of raw &lt;resources&gt;</);
    assert.doesNotMatch(picture, /<resources>/);
  });
});
