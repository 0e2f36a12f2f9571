import assert from "node:assert/strict";
import type { RuleTransform } from "../aws";
import { ask, echoHeaders, seen } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";
import { refuses } from "./support/awsErrors";

const url = (regex: string, replace: string): RuleTransform => ({
  type: "url-rewrite",
  regex,
  replace,
});
const host = (regex: string, replace: string): RuleTransform => ({
  type: "host-header-rewrite",
  regex,
  replace,
});

describe("transforms of rules", () => {
  let stage: ElbStage;
  let address = "";
  let ruleArn = "";
  beforeEach(async () => {
    stage = new ElbStage();
    const { url: at, group, listener } = await stage.balanced([echoHeaders]);
    address = at;
    ({ ruleArn } = stage.elb.createRule({
      listenerArn: listener.listenerArn,
      priority: 1,
      conditions: [{ field: "host-header", values: ["*.example.com"] }],
      action: { type: "forward", targetGroupArn: group },
    }));
  });
  afterEach(async () => {
    await stage.close();
  });

  const set = (...transforms: RuleTransform[]) => stage.elb.modifyRule(ruleArn, { transforms });
  const answerTo = (path: string, name = "shop.example.com") =>
    ask(address + path, { headers: { host: name } });
  async function sent(path: string, name?: string): Promise<[url: string, host: string]> {
    const { body } = await answerTo(path, name);
    const { url: at } = JSON.parse(body) as { url: string };
    return [at, seen(body, "Host")[0]];
  }

  it("rewrite the path and the query, as AWS's examples do", async () => {
    set(url("^/dp/([A-Za-z0-9]+)/?$", "/product.php?id=$1"));
    assert.deepEqual(await sent("/dp/B09G3HRMW"), [
      "/product.php?id=B09G3HRMW",
      "shop.example.com",
    ]);
    // The expression sees the query too, so $ stands for its end.
    assert.deepEqual(await sent("/dp/B09G3HRMW?a=b"), ["/dp/B09G3HRMW?a=b", "shop.example.com"]);
    set(url("^/api/v1/(.*)$", "/v2/$1"));
    assert.deepEqual(await sent("/api/v1/users?page=2"), ["/v2/users?page=2", "shop.example.com"]);
    set(url("^([^?]*)", "/all"));
    assert.deepEqual(await sent("/a/b?c=d"), ["/all?c=d", "shop.example.com"]);
  });

  it("rewrite the host header, together with the URL", async () => {
    set(url("^/a/", "/b/"), host("^(.+)\\.example\\.com$", "$1.internal.$9test"));
    assert.deepEqual(await sent("/a/x"), ["/b/x", "shop.internal.test"]);
    assert.deepEqual(await sent("/c", "SHOP.EXAMPLE.COM"), ["/c", "shop.internal.test"]);
  });

  it("leave the request of another rule as it is, and go when they are taken away", async () => {
    set(url("^/a", "/b"));
    assert.deepEqual(await sent("/a", "other.test"), ["/a", "other.test"]);
    assert.deepEqual(await sent("/a"), ["/b", "shop.example.com"]);
    set();
    assert.deepEqual(await sent("/a"), ["/a", "shop.example.com"]);
  });

  it("answer 500 where the result is no request", async () => {
    set(url("^/a", "b"));
    assert.equal((await answerTo("/a")).status, 500);
    assert.equal((await answerTo("/c")).status, 200);
    set(host("^.*$", ""));
    assert.equal((await answerTo("/a")).status, 500);
  });

  it("are refused as AWS refuses them", () => {
    const wrong = (words: RegExp, ...transforms: RuleTransform[]) => {
      refuses(() => set(...transforms), "ValidationError", words);
    };
    wrong(/only have one 'url-rewrite'/, url("^/a", ""), url("^/b", ""));
    wrong(/1 to 1024/, url("", ""));
    wrong(/1 to 1024/, url("a".repeat(1025), ""));
    wrong(/at most 1024/, url("a", "a".repeat(1025)));
    wrong(/not a regular expression/, url("^/(", ""));
    for (const regex of ["a(?=b)", "(?<!a)b", "(?>a)", "a++", "(a)\\1", "(?R)", "\\p{L}"]) {
      wrong(/not supported/, url(regex, ""));
    }
    for (const regex of ["a\\\\p", "[*+]+", "\\++", "\\.\\d{3}", "(?<a>b)", "(?P<a>b)"]) {
      set(url(regex, ""));
    }
    refuses(() => set(url("(?i)a", "")), "UnsupportedByEmulator", /AWS accepts/);
  });
});
