import assert from "node:assert/strict";
import type * as http from "node:http";
import { type Answer, ask } from "./support/httpClient";
import { ElbStage } from "./support/elbStage";

const LB_COOKIE = { "stickiness.enabled": "true", "stickiness.type": "lb_cookie" };
const APP_COOKIE = {
  "stickiness.enabled": "true",
  "stickiness.type": "app_cookie",
  "stickiness.app_cookie.cookie_name": "session",
};

const name =
  (text: string): http.RequestListener =>
  (_, response) => {
    response.end(text);
  };

const login =
  (text: string): http.RequestListener =>
  (request, response) => {
    if (request.url === "/login") {
      response.setHeader("Set-Cookie", ["session=abc; Path=/", "other=1"]);
    }
    response.end(text);
  };

const setCookies = ({ headers }: Answer) => headers["set-cookie"] ?? [];

/** The Cookie header of a browser that has kept these cookies. */
const kept = (cookies: string[]) => cookies.map((cookie) => cookie.split(";")[0]).join("; ");

describe("stickiness", () => {
  let stage: ElbStage;
  beforeEach(() => {
    stage = new ElbStage();
  });
  afterEach(async () => {
    await stage.close();
  });

  const served = async (url: string, cookie: string) => {
    const bodies = new Set<string>();
    for (let count = 0; count < 4; count += 1) {
      bodies.add((await ask(url, { headers: { Cookie: cookie } })).body);
    }
    return [...bodies].sort();
  };

  it("sets no cookies unless it is enabled", async () => {
    const { url } = await stage.balanced([name("1")]);
    assert.deepEqual(setCookies(await ask(url)), []);
  });

  it("sends a client back to its target with cookies of its own", async () => {
    const { url } = await stage.balanced([name("1"), name("2")], LB_COOKIE);
    const first = await ask(url);
    const cookies = setCookies(first);
    assert.match(cookies[0] ?? "", /^AWSALB=[^;]+; Expires=[^;]+ GMT; Path=\/$/);
    assert.match(cookies[1] ?? "", /^AWSALBCORS=[^;]+; .*Path=\/; SameSite=None; Secure$/);
    assert.deepEqual(await served(url, kept(cookies)), [first.body]);
    assert.deepEqual(await served(url, kept(cookies.slice(0, 1))), [first.body]);
    assert.deepEqual(await served(url, kept(cookies.slice(1))), [first.body]);
    assert.deepEqual(await served(url, ""), ["1", "2"]);
  });

  it("chooses anew when the cookie can't be read or its target is gone", async () => {
    const { url, group } = await stage.balanced([name("1"), name("2")], LB_COOKIE);
    const first = await ask(url);
    assert.deepEqual(await served(url, "AWSALB=nonsense"), ["1", "2"]);
    stage.elb.deregisterTarget(group, { id: `i-${first.body}`, port: 80 });
    const second = await ask(url, { headers: { Cookie: kept(setCookies(first)) } });
    assert.notEqual(second.body, first.body);
    assert.notEqual(kept(setCookies(second)), kept(setCookies(first)));
  });

  it("ends a session after its duration, however busy it was", async () => {
    const { url } = await stage.balanced([name("1"), name("2")], {
      ...LB_COOKIE,
      "stickiness.lb_cookie.duration_seconds": "60",
    });
    const first = kept(setCookies(await ask(url)));
    const now = Date.now;
    try {
      Date.now = () => now() + 50_000;
      const renewed = await ask(url, { headers: { Cookie: first } });
      const cookie = kept(setCookies(renewed));
      assert.deepEqual(await served(url, cookie), [renewed.body]);
      Date.now = () => now() + 60_001;
      assert.deepEqual(await served(url, cookie), ["1", "2"]);
    } finally {
      Date.now = now;
    }
  });

  it("follows the application's cookie", async () => {
    const { url } = await stage.balanced([login("1"), login("2")], APP_COOKIE);
    assert.deepEqual(setCookies(await ask(url)), []);
    const first = await ask(`${url}/login`);
    const cookies = setCookies(first);
    assert.deepEqual(
      cookies.map((cookie) => cookie.split("=")[0]),
      ["session", "other", "AWSALBAPP-0"],
    );
    assert.deepEqual(await served(url, kept(cookies)), [first.body]);
    assert.deepEqual(await served(url, kept(cookies.slice(1))), ["1", "2"]);
  });
});
