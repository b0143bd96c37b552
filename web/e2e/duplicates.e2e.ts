import { expect, test } from "vitest";
import type { DeduplicatedEvaluation, DuplicateReport, SampleDetail, SamplePage, SliceReport } from "../src/api/types";
import { open, shared, shownCount, withBrowser } from "./support/pages";

withBrowser();
const demo = shared("demo");

test("a group of duplicates leads to exactly its images", async () => {
  const report = await demo.ask<DuplicateReport>("duplicates", { model: "linear" });
  const group = report.groups[0]!;
  const page = await open(demo, "/data/duplicates?model=linear");
  await page.getByRole("heading", { name: `${report.group_count} groups` }).waitFor();
  await page.getByRole("article", { name: `Group of ${group.kept}` }).getByRole("link").first().click();
  await page.waitForURL("**/data/explorer?**");
  await expect.poll(() => shownCount(page)).toBe(group.samples.length);
});

test("only the groups of equal pixels can be shown, and the URL says so", async () => {
  const report = await demo.ask<DuplicateReport>("duplicates", { kind: "exact" });
  const page = await open(demo, "/data/duplicates?model=linear");
  await page.getByText("Exact", { exact: true }).click();
  await page.getByRole("heading", { name: `${report.group_count} groups` }).waitFor();
  expect(new URL(page.url()).searchParams.get("kind")).toBe("exact");
});

test("the scores are without the copies of the kind that is shown", async () => {
  const [usual, mirrored] = await Promise.all(
    [undefined, "mirrored"].map((kind) => demo.ask<DeduplicatedEvaluation>("duplicates/evaluation", { model: "linear", ...(kind && { kind }) })),
  );
  const leftOut = (scores: DeduplicatedEvaluation) => new RegExp(`^Without duplicates( and leaks)?: ${scores.copy_count.toLocaleString("en")} cop`);
  const page = await open(demo, "/data/duplicates?model=linear");
  await page.getByText(leftOut(usual!)).waitFor();
  await page.getByText("Mirrored", { exact: true }).click();
  await page.getByText(leftOut(mirrored!)).waitFor();
  expect(mirrored!.copy_count).not.toBe(usual!.copy_count);
});

test("the slider says how many copies a threshold makes, and the groups are the API's at it", async () => {
  const page = await open(demo, "/data/duplicates?model=linear");
  const slider = page.getByRole("slider", { name: "Similarity of embeddings that is near" });
  await slider.focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowLeft");
  await expect.poll(() => new URL(page.url()).searchParams.get("threshold")).not.toBeNull();
  const threshold = new URL(page.url()).searchParams.get("threshold")!;
  const report = await demo.ask<DuplicateReport>("duplicates", { threshold });
  await page.getByText(`Near from a similarity of ${threshold}: ${report.copy_count.toLocaleString("en")} copies of any kind`).waitFor();
  await page.getByRole("heading", { name: `${report.group_count.toLocaleString("en")} groups` }).waitFor();
});

test("all but one of each group are tagged, and the tag taken back, twice", async () => {
  const { copy_count: count, groups } = await demo.ask<DuplicateReport>("duplicates");
  const copy = groups[0]!.samples.find((sample) => !sample.kept)!;
  const tagsOfCopy = async () => (await demo.ask<SampleDetail>(`samples/${copy.id}`, { model: "linear" })).tags;
  const tagged = async () => (await demo.ask<SamplePage>("samples", { filter: '{"tags":["a copy"]}', limit: "1" })).total;
  const page = await open(demo, "/data/duplicates?model=linear");
  await page.getByRole("textbox", { name: "Tag all but the kept one" }).fill("a copy");
  for (let time = 0; time < 2; time++) {
    await page.getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByText(`${count.toLocaleString("en")} tagged.`).waitFor();
    expect(await tagged()).toBe(count);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    expect(await tagsOfCopy()).toEqual([]);
  }
});

test("an image that has duplicates says so, and leads to them", async () => {
  const { groups } = await demo.ask<DuplicateReport>("duplicates", { kind: "exact" });
  const { samples } = groups[0]!;
  const page = await open(demo, `/data/explorer?sample=${samples[0]!.id}`);
  const why = page.getByRole("region", { name: "Why it is flagged" });
  await why.getByText(`The same pixels as ${samples[1]!.key}`).waitFor();
  await why.getByRole("link", { name: "Show them" }).click();
  await expect.poll(() => shownCount(page)).toBe(samples.length);
});

test("the slice with most errors too many leads to exactly its images", async () => {
  const report = await demo.ask<SliceReport>("slices", { model: "linear" });
  const slice = report.slices[0]!;
  const page = await open(demo, "/model/metrics?model=linear");
  await page.getByRole("region", { name: "Where it fails" }).getByRole("link", { name: slice.title, exact: true }).click();
  await page.waitForURL("**/model/explorer?**");
  await expect.poll(() => shownCount(page)).toBe(slice.sample_count);
});
