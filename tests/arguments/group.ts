import { bad, maps, type ArgumentTable } from "./table";

const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, ""]));
const wide = (count: number) => "\u{20000}".repeat(count);

/** What concerns the group as a whole, and names that are no arguments here. */
export const GROUP: ArgumentTable = {
  good: [
    [
      "undefined for anything optional",
      { port: undefined, tags: undefined, targetGroup: undefined },
    ],
    ["50 tags", { tags: tags(50) }],
    ["the longest tag", { tags: { ["k".repeat(128)]: "v".repeat(256) } }],
    ["the longest tag of a rare alphabet", { tags: { [wide(128)]: wide(256) } }],
    ["a tag of all characters", { tags: { "Größe +-=._:/@": "日本 1" } }],
    ["a tag that only starts like AWS's", { tags: { awsome: "yes" } }],
    ["each way to check", { preflight: "warn" }],
    ["no check", { preflight: "off" }],
  ],
  bad: [
    bad("name", "unknown", { name: "web" }, "the component's name in the program"),
    bad("scheme", "unknown", { scheme: "internal" }, "internal: true"),
    bad("enableHttp2", "unknown", { enableHttp2: true }, "write http2 instead"),
    bad(
      "securityGroups",
      "unknown",
      { securityGroups: ["sg-1"] },
      "write securityGroupIds instead",
    ),
    bad(
      "healthCheck",
      "unknown",
      { healthCheck: { path: "/" } },
      "write targetGroup: { healthCheck } instead",
    ),
    bad(
      "targetGroup.vpcId",
      "unknown",
      { targetGroup: { vpcId: "vpc-1" } },
      "in the VPC of their load balancer",
    ),
    bad("tags", "too-many", { tags: tags(51) }, "at most 50", "51"),
    bad("tags.a", "type", { tags: { a: 1 } }, "got 1"),
    bad("tags.a", "format", { tags: { a: "x".repeat(257) } }, "at most 256"),
    bad("tags.a", "format", { tags: { a: "what?" } }, '"what?"', "shorten it"),
    bad('tags["aws:a"]', "format", { tags: { "aws:a": "b" } }, 'start with "aws:"', "another key"),
    bad('tags[""]', "format", { tags: { "": "b" } }, "1 to 128"),
    bad(`tags.${"k".repeat(129)}`, "format", { tags: { ["k".repeat(129)]: "b" } }, "1 to 128"),
    bad("instanceId", "unknown", { instanceId: "i-1" }, "did you mean instanceIds?"),
    bad("colour", "unknown", { colour: "red" }, "use one of"),
  ],
  mappings: [maps("tags.key", "value", "web-alb tags.key")],
  limits: [
    {
      args: ["preflight"],
      source: { own: { values: ["enforce", "warn", "off"] }, because: "AWS does not know it" },
    },
  ],
  lengths: [{ args: ["tags.a"], model: "Tag.Value", text: (length) => "x".repeat(length) }],
  notSent: ["preflight"],
};
