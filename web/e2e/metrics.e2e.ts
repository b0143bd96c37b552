import { expect, test } from "vitest";
import type { Evaluation, Importance, SampleDetail, SamplePage, SimilarPage } from "../src/api/types";
import { clickMark, expectProblems, open, shared, shownCount, shownKeys, withBrowser } from "./support/pages";

withBrowser();
const demo = shared("demo");
const large = shared("large");

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

test("the headline scores and their intervals are those of the API", async () => {
  const { scores } = await demo.ask<Evaluation>("evaluation", { model: "linear" });
  const page = await open(demo, "/model/metrics?model=linear");
  const headline = page.getByRole("region", { name: "Scores" });
  await headline.getByText(percent(scores["accuracy"]!.value), { exact: true }).first().waitFor();
  for (const name of ["precision_macro", "recall_macro", "f1_macro"]) {
    const { value, interval } = scores[name]!;
    await headline.getByText(value.toFixed(2), { exact: true }).first().waitFor();
    await headline.getByText(interval!.map((end) => end.toFixed(2)).join(" – "), { exact: true }).first().waitFor();
  }
});

test("filtering by classes in the top bar shows those classes' scores, and the URL says so", async () => {
  const filter = JSON.stringify({ classes: ["Flags", "Symbols"] });
  const { scores } = await demo.ask<Evaluation>("evaluation", { model: "linear", filter });
  const page = await open(demo, "/model/metrics?model=linear");
  await page.getByRole("button", { name: /^classes/ }).click();
  for (const name of ["Flags", "Symbols"]) await page.getByRole("checkbox", { name }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("region", { name: "Scores" }).getByText(percent(scores["accuracy"]!.value), { exact: true }).first().waitFor();
  expect(new URL(page.url()).searchParams.get("filter")).toBe(filter);
});

test("a cell of the confusion matrix leads to exactly its samples", async () => {
  const { confusion } = await demo.ask<Evaluation>("evaluation", { model: "linear" });
  const [label, prediction, count] = (confusion.counts as [number, number, number][]).filter(([row, column]) => row !== column).toSorted((first, second) => second[2] - first[2])[0]!;
  const page = await open(demo, "/model/metrics?model=linear");
  await clickMark(page, "Confusion matrix", `${confusion.classes[label]} → ${confusion.classes[prediction]}: ${count}`);
  await page.waitForURL("**/model/explorer?**");
  await expect.poll(() => shownCount(page)).toBe(count);
});

test("the row of the other classes leads to exactly its samples", async () => {
  const filter = JSON.stringify({ classes: ["Flags", "Symbols"] });
  const { confusion } = await demo.ask<Evaluation>("evaluation", { model: "linear", filter });
  const other = confusion.classes.length - 1;
  expect(confusion.classes[other]).toBe("other");
  const [, prediction, count] = (confusion.counts as [number, number, number][]).find(([row]) => row === other)!;
  const page = await open(demo, `/model/metrics?${new URLSearchParams({ model: "linear", filter })}`);
  await clickMark(page, "Confusion matrix", `other → ${confusion.classes[prediction]}: ${count}`);
  await page.waitForURL("**/model/explorer?**");
  await expect.poll(() => shownCount(page)).toBe(count);
});

test("precision and recall of a class lead to what they count", async () => {
  const { classes } = await demo.ask<Evaluation>("evaluation", { model: "linear" });
  const flags = classes.find((one) => one.name === "Flags")!;
  for (const [rate, count] of [["precision", flags.predicted], ["recall", flags.support]] as const) {
    const page = await open(demo, "/model/metrics?model=linear");
    await clickMark(page, "Precision and recall by class", `Flags: ${rate}`);
    await page.waitForURL("**/model/explorer?**");
    await expect.poll(() => shownCount(page)).toBe(count);
  }
});

test("the most confused pairs have their counts, their direction and their images", async () => {
  const { confused_pairs: pairs } = await demo.ask<Evaluation>("evaluation", { model: "linear" });
  const [first] = pairs;
  const page = await open(demo, "/model/metrics?model=linear");
  const item = page.getByRole("listitem").filter({ hasText: `${first!.label} → ${first!.prediction}` }).first();
  await item.getByText(`${first!.count} of ${first!.support}`).waitFor();
  await item.getByText(first!.direction).waitFor();
  const image = item.getByRole("img").first();
  await image.scrollIntoViewIfNeeded();
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
});

test("importance says in a sentence what stands out of the noise, and a metric leads to its page", async () => {
  const { importance, importance_sentence: sentence } = await demo.ask<Importance>("importance", { model: "linear" });
  const page = await open(demo, "/model/metrics?model=linear");
  await page.getByText(sentence!).waitFor();
  const [first] = [...importance].toSorted((one, other) => other.importance - one.importance);
  await clickMark(page, "Importance of each metric", `${first!.title}: importance`);
  await page.waitForURL("**/model/by-metric?**");
  expect(new URL(page.url()).searchParams.get("metric")).toBe(first!.metric);
});

test("collect more data ranks the classes as the API does", async () => {
  const { classes } = await demo.ask<Evaluation>("evaluation", { model: "linear" });
  const ranked = classes.toSorted((first, second) => second.collection_priority! - first.collection_priority!).map((one) => one.name);
  const page = await open(demo, "/model/metrics?model=linear");
  const names = page.getByRole("table", { name: "Classes" }).getByRole("rowheader");
  await names.first().waitFor();
  expect(await names.allInnerTexts()).toEqual(ranked);
});

test("find similar leads to the images most like those that a class missed", async () => {
  const { classes } = await demo.ask<Evaluation>("evaluation", { model: "linear" });
  const { name } = classes.toSorted((first, second) => second.collection_priority! - first.collection_priority!)[0]!;
  const page = await open(demo, "/model/metrics?model=linear");
  await page.getByRole("link", { name: `Find similar to the missed of ${name}` }).click();
  await page.waitForURL("**/model/explorer?**");
  const missed = JSON.parse(new URL(page.url()).searchParams.get("similar")!) as Record<string, unknown>;
  const { total } = await demo.ask<SamplePage>("samples", { model: "linear", filter: JSON.stringify(missed), limit: "1" });
  await page.getByText(`${total} images: `).waitFor();
  const { samples } = await demo.post<SimilarPage>("similar", { filter: missed, model: "linear", limit: 6 });
  await expect.poll(() => shownKeys(page, 6)).toEqual(samples.map((sample) => sample.key));
});

test("the wrong ones are all samples that are wrong", async () => {
  const { total } = await demo.ask<SamplePage>("samples", { model: "linear", filter: '{"outcome":"fn"}', limit: "1" });
  const page = await open(demo, "/model/metrics?model=linear");
  await page.getByRole("link", { name: "the wrong ones" }).click();
  await expect.poll(() => shownCount(page)).toBe(total);
});

test("of a thousand classes one can be found and looked at closely", async () => {
  const { confusion } = await large.ask<Evaluation>("evaluation", { model: "large" });
  const name = confusion.classes[517]!;
  expectProblems("404"); // its samples have no images
  const page = await open(large, "/model/metrics?model=large");
  await page.getByText(/The 200 most confused of/).waitFor();
  await page.getByRole("combobox", { name: "Look closer at a class" }).fill(name);
  await page.getByRole("option", { name, exact: true }).click();
  const [, , count] = (confusion.counts as [number, number, number][]).find(([row, column]) => row === 517 && column === 517)!;
  await clickMark(page, "Confusion matrix", `${name} → ${name}: ${count} of`);
  await expect.poll(() => shownCount(page)).toBe(count);
});

test("an image says what the other models predict, as the API does", async () => {
  const { samples } = await demo.ask<SamplePage>("samples", { model: "linear", filter: '{"where":[{"field":"correct@linear","operator":"=","value":true},{"field":"correct@nearest","operator":"=","value":false}]}', limit: "1" });
  const other = await demo.ask<SampleDetail>(`samples/${samples[0]!.id}`, { model: "nearest" });
  const page = await open(demo, `/model/explorer?model=linear&sample=${samples[0]!.id}`);
  const others = page.getByRole("region", { name: "Other models" });
  await others.getByText(other.prediction!, { exact: true }).waitFor();
  await others.getByLabel("wrong").waitFor();
});
