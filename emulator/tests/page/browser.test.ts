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
  const contexts: BrowserContext[] = [];
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
    for (const context of contexts.splice(0)) await context.close();
    await live.close();
  });

  async function open(colorScheme: "light" | "dark", width: number): Promise<Page> {
    const viewport = { width, height: 900 };
    assert.ok(chromium);
    const context = await chromium.browser.newContext({ viewport, colorScheme, locale: "en-US" });
    contexts.push(context);
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => faults.push(message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(message.text());
    });
    await page.goto(live.url);
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  }

  /** What axe finds, as rules with the elements that break them. */
  async function violations(page: Page): Promise<string[]> {
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
  async function tabTo(page: Page, name: string): Promise<void> {
    const control = page.getByRole("button", { name, exact: true });
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press("Tab");
      if ((await control.and(page.locator(":focus")).count()) === 1) return;
    }
    assert.fail(`Tab does not lead to ${name}`);
  }

  const mark = (page: Page, text: string) =>
    page.getByRole("list", { name: "Events" }).getByText(text).waitFor();
  const target = (page: Page) => page.locator("li.target").filter({ hasText: NAME });
  const isHealthy = (page: Page) => target(page).getByText("healthy", { exact: true }).waitFor();

  /** As a table too, and on a telephone. */
  async function passesInDark(): Promise<void> {
    const page = await open("dark", 360);
    assert.deepEqual(await violations(page), []);
    await page.getByRole("button", { name: "As a table" }).press("Enter");
    await page.getByRole("table", { name: "Resource map" }).getByText("us-west-2b").waitFor();
    assert.deepEqual(await violations(page), []);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  }

  async function movesOnlyIfWanted(page: Page): Promise<void> {
    const dots = page.locator(".dot");
    await dots.first().waitFor({ state: "attached" });
    await page.emulateMedia({ reducedMotion: "reduce" });
    await dots.first().waitFor({ state: "detached" });
    await new Promise<void>((resolve) => {
      let served = 0;
      fixture.emulator.elb.onRequest(() => {
        served += 1;
        if (served === 40) resolve();
      });
    });
    assert.equal(await dots.count(), 0);
  }

  it("has a server stopped and started by keyboard, shows what becomes of it, and passes axe", async () => {
    const page = await open("light", 1280);
    await isHealthy(page);
    await page.getByRole("region", { name: "Last requests" }).getByText("GET /").first().waitFor();

    await tabTo(page, `Stop ${NAME}`);
    await page.keyboard.press("Enter");
    await mark(page, `${NAME} was stopped`);
    // The load balancer takes some seconds to notice it.
    await Promise.all([
      mark(page, `${NAME} is unhealthy: Target.FailedHealthChecks`),
      passesInDark(),
    ]);
    assert.match(await target(page).innerText(), /unhealthy\s+Target\.FailedHealthChecks/);
    assert.equal(await page.getByRole("log").getByText(`${NAME} was stopped`).count(), 1);
    assert.deepEqual(await violations(page), []);

    // The focus has stayed on the button, which starts the server now.
    await page.keyboard.press("Enter");
    await mark(page, `${NAME} was started`);
    await Promise.all([mark(page, `${NAME} is healthy again`), movesOnlyIfWanted(page)]);
    await isHealthy(page);
    assert.deepEqual(faults, []);
  });
});
