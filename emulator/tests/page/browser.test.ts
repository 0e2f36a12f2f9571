import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "playwright-core";
import { LivePage } from "../../page/livePage";
import { EmulatorFixture } from "../support/emulatorFixture";
import { type Chromium, openChromium } from "./chromium";
import { webAccount } from "./webAccount";

const AXE = readFileSync(require.resolve("axe-core"), "utf8");
const NAME = "i-…60001";

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** In a real browser, with real requests. To choose the browser, set CHROMIUM to its file. */
describe("the live page in Chromium", function () {
  this.timeout(60_000);
  const fixture = EmulatorFixture.inEachTest();
  let chromium: Chromium | undefined;
  let live: LivePage;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  before(async function () {
    this.timeout(300_000);
    chromium = await openChromium();
    if (chromium === undefined) {
      console.log("    no Chromium for this system: set CHROMIUM to the file of one");
      this.skip();
    }
  });

  after(async () => {
    await chromium?.close();
  });

  beforeEach(async () => {
    faults.length = 0;
    await webAccount(fixture.emulator);
    live = await LivePage.start(fixture.emulator, { perSecond: 40 });
  });

  afterEach(async () => {
    await context.close();
    await live.close();
  });

  async function open(colorScheme: "light" | "dark", width: number): Promise<void> {
    const viewport = { width, height: 900 };
    assert.ok(chromium);
    context = await chromium.browser.newContext({ viewport, colorScheme, locale: "en-US" });
    page = await context.newPage();
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(message.text());
    });
    await page.goto(live.url);
    await page.getByText("Live", { exact: true }).waitFor();
  }

  /** What axe finds, as rules with the elements that break them. */
  async function violations(): Promise<string[]> {
    // Through the debugger, as the page's policy lets no other script in.
    await page.evaluate(AXE);
    const found = await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
    );
    return (found as { violations: Violation[] }).violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }

  /** Goes on with Tab until the control has the focus, as one does who has no mouse. */
  async function tabTo(name: string): Promise<void> {
    const control = page.getByRole("button", { name, exact: true });
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press("Tab");
      if ((await control.and(page.locator(":focus")).count()) === 1) return;
    }
    assert.fail(`Tab does not lead to ${name}`);
  }

  const mark = (text: string) =>
    page.getByRole("list", { name: "Events" }).getByText(text).waitFor();
  const target = () =>
    page
      .getByRole("list", { name: "Targets by zone" })
      .locator("li.target")
      .filter({ hasText: NAME });

  it("has a server stopped and started by keyboard, and shows what becomes of it", async () => {
    await open("light", 1280);
    await target().getByText("healthy", { exact: true }).waitFor();
    await page.getByRole("region", { name: "Last requests" }).getByText("GET /").first().waitFor();

    await tabTo(`Stop ${NAME}`);
    await page.keyboard.press("Enter");
    await mark(`${NAME} was stopped`);
    const unhealthy = mark(`${NAME} is unhealthy: Target.FailedHealthChecks`);
    assert.deepEqual(await violations(), []);
    await unhealthy;
    assert.match(await target().innerText(), /unhealthy\s+Target\.FailedHealthChecks/);
    assert.equal(await page.getByRole("log").getByText(`${NAME} was stopped`).count(), 1);
    assert.deepEqual(await violations(), []);

    // The focus has stayed on the button, which starts the server now.
    await page.keyboard.press("Enter");
    await mark(`${NAME} was started`);
    await mark(`${NAME} is healthy again`);
    await target().getByText("healthy", { exact: true }).waitFor();
    assert.deepEqual(faults, []);
  });

  it("passes axe in dark too, as a table, and fits a telephone", async () => {
    await open("dark", 360);
    await target().getByText("healthy", { exact: true }).waitFor();
    assert.deepEqual(await violations(), []);
    await page.getByRole("button", { name: "As a table" }).press("Enter");
    await page.getByRole("table", { name: "Resource map" }).getByText("us-west-2b").waitFor();
    assert.deepEqual(await violations(), []);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.deepEqual(faults, []);
  });

  it("moves nothing where the reader wants no motion", async () => {
    await open("light", 1280);
    await page.locator(".dot").first().waitFor({ state: "attached" });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.locator(".dot").first().waitFor({ state: "detached" });
    await new Promise<void>((resolve) => {
      let served = 0;
      fixture.emulator.elb.onRequest(() => {
        served += 1;
        if (served === 40) resolve();
      });
    });
    assert.equal(await page.locator(".dot").count(), 0);
  });
});
