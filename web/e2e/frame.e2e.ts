import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { FieldValues, SamplePage } from "../src/api/types";
import { violations } from "./support/axe";
import { expectProblems, open, shared, shownCount, withBrowser } from "./support/pages";

withBrowser();
const demo = shared("demo");

const PAGES = ["/model/metrics", "/model/by-metric?metric=brightness&region=[0.2,0.5]", "/model/compare", "/data/summary", "/label/summary"];

async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await expect.poll(() => page.locator("figure:not([data-drawn]), [aria-busy=true], [data-waiting]").count(), { timeout: 30_000 }).toBe(0);
}

test.each(PAGES.flatMap((path) => (["light", "dark"] as const).map((scheme) => [path, scheme] as const)))("%s in %s breaks no rule of WCAG AA", async (path, scheme) => {
  const page = await open(demo, path, { colorScheme: scheme });
  await settled(page);
  expect(await violations(page)).toEqual([]);
});

const OPENED: [name: string, path: string, open: (page: Page) => Promise<void>][] = [
  ["the menu of models", "/data/summary", (page) => page.getByRole("button", { name: /^model/ }).click()],
  ["the filter of classes", "/data/summary", (page) => page.getByRole("button", { name: /^classes/ }).click()],
  ["the sheet of keys", "/data/summary", (page) => page.keyboard.press("?")],
  ["a list of metrics", "/data/summary", (page) => page.getByRole("combobox", { name: "Metric" }).click()],
  ["the menu of formats", "/model/explorer?size=160", async (page) => {
    await page.getByRole("button", { name: /^Select all/ }).click();
    await page.getByRole("button", { name: "Export" }).click();
  }],
];

test.each(OPENED)("%s, open in dark, breaks no rule of WCAG AA, and Escape closes it", async (_, path, openIt) => {
  const page = await open(demo, path, { colorScheme: "dark" });
  await settled(page);
  await openIt(page);
  const opened = page.locator("[role=menu], [role=dialog], [role=listbox]:not([aria-multiselectable])").filter({ visible: true });
  await opened.first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect.poll(() => opened.count()).toBe(0);
});

test("an open image on a phone, in dark, breaks no rule of WCAG AA", async () => {
  const page = await open(demo, "/model/explorer?sample=0", { colorScheme: "dark", viewport: { width: 400, height: 850 } });
  await page.getByRole("dialog", { name: "Image" }).getByRole("heading", { name: "Metrics" }).waitFor();
  await settled(page);
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
});

test.each(PAGES)("%s fits a phone's 400 px and a wide screen's 1,900", async (path) => {
  for (const width of [400, 1900]) {
    const page = await open(demo, path, { viewport: { width, height: 900 } });
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test.each(PAGES)("the keyboard begins %s with the way past the bars", async (path) => {
  const page = await open(demo, path);
  await settled(page);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("To the page");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("page");
});

test("the address brings everything back: reload, another window, back and forward", async () => {
  const page = await open(demo, "/model/metrics?model=nearest");
  await page.getByText("Row %", { exact: true }).click();
  await page.getByRole("button", { name: "filter", exact: true }).click();
  await page.getByRole("button", { name: "Brightness", exact: true }).click();
  await page.getByRole("textbox", { name: "To" }).fill("0.5");
  await page.getByText("Brightness ≤ 0.5").waitFor();
  const filter = JSON.stringify({ where: [{ field: "brightness", operator: "<=", value: 0.5 }] });
  const { total: count } = await demo.ask<SamplePage>("samples", { model: "nearest", filter, limit: "1" });
  await expect.poll(() => shownCount(page)).toBe(count);
  const address = page.url();
  await page.reload();
  await page.getByText("Brightness ≤ 0.5").waitFor();
  expect(await page.getByRole("radio", { name: "Row %" }).isChecked()).toBe(true);
  await expect.poll(() => shownCount(page)).toBe(count);
  await page.goBack();
  await expect.poll(() => page.getByText("Brightness ≤ 0.5").count()).toBe(0);
  await page.goForward();
  await page.getByText("Brightness ≤ 0.5").waitFor();
  expect(page.url()).toBe(address);
});

test("every page stands where the filter leaves no image", async () => {
  const filter = encodeURIComponent('{"where":[{"field":"brightness","operator":">","value":5}]}');
  const paths = ["data/summary", "data/explorer", "data/duplicates", "label/summary", "label/explorer", "label/review", "model/metrics", "model/by-metric", "model/explorer", "model/map", "model/compare"];
  const page = await open(demo, "/");
  for (const path of paths) {
    await page.goto(new URL(`/${path}?filter=${filter}`, page.url()).href);
    await expect.poll(() => shownCount(page)).toBe(0);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.getByRole("alert").allInnerTexts(), path).toEqual([]);
  }
});

test("any value of a field of many is found by keyboard alone, also one that is not among the first", async () => {
  const large = shared("large");
  const { values } = await large.ask<FieldValues>("values", { field: "label", limit: "1000" });
  const rare = values.at(-1)!;
  const page = await open(large, "/data/summary");
  await page.getByRole("button", { name: "filter", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Filter by" }).fill("Label");
  await page.keyboard.press("Enter");
  await page.getByText("The 200 most frequent; search finds the others.").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type(rare.value);
  await page.getByRole("checkbox", { name: rare.value, exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => shownCount(page)).toBe(rare.sample_count);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("the sidebar folds to icons and to a drawer, and keeps model and filter", async () => {
  const filter = '{"tags":[],"splits":["test"]}';
  const narrow = await open(demo, `/model/metrics?${new URLSearchParams({ model: "nearest", filter })}`, { viewport: { width: 800, height: 700 } });
  await narrow.getByRole("link", { name: "Data Quality: Summary" }).click();
  await narrow.waitForURL("**/data/summary?**");
  expect(new URL(narrow.url()).searchParams.get("model")).toBe("nearest");
  const phone = await open(demo, "/model/metrics", { viewport: { width: 400, height: 700 } });
  await phone.getByRole("button", { name: "Menu" }).click();
  await phone.getByRole("link", { name: "Performance By Metric" }).click();
  await phone.waitForURL("**/model/by-metric**");
});

test("the theme follows the system and the switch", async () => {
  const page = await open(demo, "/model/metrics", { colorScheme: "dark" });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole("button", { name: "Light theme" }).waitFor();
  expect(await background()).toBe("rgb(20, 22, 27)");
  await page.getByRole("button", { name: "Light theme" }).click();
  await expect.poll(background).toBe("rgb(255, 255, 255)");
});

test("? shows the keys, and Escape closes them", async () => {
  const page = await open(demo, "/model/metrics");
  await page.getByRole("heading", { name: "Metrics" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "hidden" });
});

test("a filter that the server refuses is told with what to do", async () => {
  const page = await open(demo, "/label/summary");
  await settled(page);
  expectProblems("422");
  await page.goto(new URL(`/model/metrics?filter=${encodeURIComponent('{"classes":["Flag"]}')}`, page.url()).href);
  await page.getByRole("alert").filter({ hasText: "Flag" }).first().waitFor();
});
