/** Pages of a served project in the one Chromium of the run. */

import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { Served, make } from "./server";

let browser: Browser;
/** The signed-in context of each server and look, whose cache keeps the app's scripts from page to page. */
const usual = new Map<string, BrowserContext>();
const problems: string[] = [];
let isExpected = (_problem: string): boolean => false;

/** Connect a file of tests with the browser; a page that reports an error, or opens a dialog, fails its test. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject("chromium"));
  });
  afterEach(async () => {
    const kept = new Set(usual.values());
    await Promise.all(browser.contexts().map((context) => (kept.has(context) ? Promise.all(context.pages().map(forget)) : context.close())));
    const surprises = problems.splice(0).filter((problem) => !isExpected(problem));
    isExpected = () => false;
    expect(surprises).toEqual([]);
  });
  afterAll(() => browser.close());
}

/** A project that all files share and none changes: the demo, or one of a thousand classes. */
export function shared(name: "demo" | "large"): Served {
  const { url, login } = inject(name);
  return new Served(url, login);
}

/** A project of the file's own; `get` it in a test. */
export function withProject(name: string): { get: () => Served } {
  let served: Served | undefined;
  beforeAll(async () => {
    served = await make(name);
  });
  afterAll(() => served?.stop());
  return { get: () => served! };
}

/** Close a page, and with it what it keeps in the browser: the next test begins without. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.clear()).catch(() => undefined); // a page that never came has none
  await page.close();
}

/** A page of the app, signed in. */
export async function open(served: Served, path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const look = `${served.url} ${JSON.stringify(options)}`;
  const context = usual.get(look) ?? (await signedIn(served, options));
  usual.set(look, context);
  const page = await context.newPage();
  page.on("pageerror", (problem) => problems.push(problem.message));
  page.on("console", (message) => message.type() === "error" && problems.push(`${message.text()} ${message.location().url}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(served.url + path, { waitUntil: "domcontentloaded" });
  return page;
}

async function signedIn(served: Served, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", acceptDownloads: true, ...options });
  context.setDefaultTimeout(30_000);
  await context.request.get(served.login);
  return context;
}

/** Name what the running test makes its pages complain of, however late they do. */
export function expectProblems(...parts: string[]): void {
  isExpected = (problem) => parts.some((part) => problem.includes(part));
}

/** How many images the top bar says are shown. */
export async function shownCount(page: Page): Promise<number> {
  const text = await page.locator("header [role=status]").filter({ hasText: "images" }).innerText();
  return Number(/^([\d,]+)/.exec(text)?.[1]?.replaceAll(",", ""));
}

/** The keys of the first cards in sight. */
export const shownKeys = (page: Page, count = 1000) => page.$$eval("[data-key]", (cards, most) => cards.slice(0, most).map((card) => card.getAttribute("data-key")), count);

/** A mark of a chart by the beginning of what it says. */
export const mark = (page: Page, chart: string, about: string) => page.locator(`figure[aria-label="${chart}"] svg [aria-label^="${about}"]`).first();

/** Click a mark; the number drawn over a cell is a mark of the same row. */
export async function clickMark(page: Page, chart: string, about: string): Promise<void> {
  await mark(page, chart, about).click({ force: true });
}
