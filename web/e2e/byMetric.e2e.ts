import { expect, test } from "vitest";
import type { ModelPerformance, SamplePage, SimilarPage } from "../src/api/types";
import { clickMark, expectProblems, mark, open, shared, shownCount, shownKeys, withBrowser } from "./support/pages";

withBrowser();
const demo = shared("demo");
const large = shared("large");

const PATH = "/model/by-metric?model=linear&metric=red_values";

test("the sentence and the bins are those of the API, and a bin leads to exactly its samples", async () => {
  const [answer] = await demo.ask<ModelPerformance[]>("by-metric", { model: "linear", metric: "red_values" });
  const { bins, sentence } = answer!.performance;
  for (const bin of [bins[1]!, bins.at(-1)!]) {
    const page = await open(demo, PATH);
    await page.getByText(sentence).waitFor();
    const list = page.getByRole("button", { name: "As a list" });
    await list.click();
    await page.getByRole("link", { name: `${Number(bin.low.toPrecision(4))} to` }).first().or(page.getByRole("link", { name: `${bin.sample_count.toLocaleString("en")} samples` })).last().waitFor();
    await page.getByRole("list", { name: /as a list/ }).getByRole("link").nth(bins.indexOf(bin)).click();
    await page.waitForURL("**/model/explorer?**");
    await expect.poll(() => shownCount(page)).toBe(bin.sample_count);
  }
});

test("a bin under a class filter counts by label for recall and by prediction for precision", async () => {
  const filter = JSON.stringify({ classes: ["Flags", "Symbols"] });
  for (const rate of ["recall", "precision"]) {
    const [answer] = await demo.ask<ModelPerformance[]>("by-metric", { model: "linear", metric: "brightness", rate, filter });
    const page = await open(demo, `/model/by-metric?${new URLSearchParams({ model: "linear", metric: "brightness", rate, filter })}`);
    await page.getByRole("button", { name: "As a list" }).click();
    await page.getByRole("list", { name: /as a list/ }).getByRole("link").first().click();
    await page.waitForURL("**/model/explorer?**");
    await expect.poll(() => shownCount(page)).toBe(answer!.performance.bins[0]!.sample_count);
  }
});

test("dragging over the chart shows the images of that part", async () => {
  const page = await open(demo, PATH);
  const plot = page.locator("[data-brush]");
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL("**region=**");
  const [low, high] = new URL(page.url()).searchParams.get("region")!.slice(1, -1).split(",").map(Number);
  const where = [{ field: "red_values", operator: ">=", value: low }, { field: "red_values", operator: "<=", value: high }];
  const { total } = await demo.ask<SamplePage>("samples", { model: "linear", filter: JSON.stringify({ where }), limit: "1" });
  const more = await page.getByRole("link", { name: "Find more like these" }).getAttribute("href");
  const link = page.getByRole("link", { name: `${total.toLocaleString("en")} images in the Explorer` });
  await link.click();
  await expect.poll(() => shownCount(page)).toBe(total);
  const similar = JSON.parse(new URL(more!, page.url()).searchParams.get("similar")!) as Record<string, unknown>;
  await page.goto(new URL(more!, page.url()).href);
  const { samples, query_count: count } = await demo.post<SimilarPage>("similar", { filter: similar, model: "linear", limit: 6 });
  expect(count).toBe(total);
  await page.getByText(`${total.toLocaleString("en")} images: `).waitFor();
  await expect.poll(() => shownKeys(page, 6)).toEqual(samples.map((sample) => sample.key));
});

test("a class of the filter has its own line, and models lie over each other", async () => {
  const page = await open(demo, `${PATH}&by_class=true&filter=${encodeURIComponent('{"classes":["Flags","Symbols"]}')}`);
  await mark(page, "Recall by Red Values", "Flags,").waitFor();
  await page.getByRole("combobox", { name: "Classes" }).fill("Symb");
  await page.getByRole("option", { name: "Symbols" }).click();
  await expect.poll(() => mark(page, "Recall by Red Values", "Flags,").count()).toBe(0);
  await mark(page, "Recall by Red Values", "Symbols,").waitFor();
  expect(new URL(page.url()).searchParams.get("lines")).toBe('["Symbols"]');
  await page.getByRole("checkbox", { name: "nearest" }).click();
  await mark(page, "Recall by Red Values", "nearest,").waitFor();
});

test("of a thousand classes those most often wrong have a line, and their points lead to exactly their samples", async () => {
  expectProblems("404"); // its samples have no images
  const page = await open(large, "/model/by-metric?model=large&metric=metric_00&by_class=true");
  await page.getByText("Drawn: of 1,000 classes the 4 with the most samples predicted wrong.").waitFor();
  const point = (await page.locator('figure[aria-label="Recall by metric_00"] svg [aria-label^="class "]').first().getAttribute("aria-label"))!;
  await clickMark(page, "Recall by metric_00", point);
  await page.waitForURL("**/model/explorer?**");
  await expect.poll(() => shownCount(page)).toBe(Number(/of (\d+) samples/.exec(point)![1]));
});
