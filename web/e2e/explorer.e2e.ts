/** The Explorer as a user has it: what is on the screen is what the API says. */

import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { violations } from "./support/axe";
import { expectProblems, open, shared, shownKeys, withBrowser, withProject } from "./support/pages";
import { make } from "./support/server";

interface Samples {
  total: number;
  samples: { id: number; key: string; tags: string[]; note: string | null; outcome: string }[];
}

const eventually = <Answer>(ask: () => Answer) => expect.poll(ask, { timeout: 20_000 });

withBrowser();
const pets = withProject("pets");

const filtered = (filter: object) => `filter=${encodeURIComponent(JSON.stringify(filter))}`;
const listed = (page: Page) => page.getByRole("listbox", { name: /images?$/ });
const cards = (page: Page) => listed(page).getByRole("option");
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
const tagged = async (tag: string) => (await pets.get().ask<Samples>("samples", { limit: "200" })).samples.filter((one) => one.tags.includes(tag)).map((one) => one.key);

describe("what is shown", () => {
  test("is what the API answers for an outcome, in the order that is asked for", async () => {
    const page = await open(pets.get(), "/model/explorer?sort=-confidence");
    await page.getByRole("radio", { name: "False positive" }).check();
    const { total, samples } = await pets.get().ask<Samples>("samples", { filter: '{"outcome":"fp"}', sort: "-confidence", limit: "200" });
    await listed(page).and(page.getByLabel(`${total} images`)).waitFor();
    await cards(page).first().waitFor();
    expect(samples.length).toBe(total);
    expect((await shownKeys(page)).slice(0, 6)).toEqual(samples.slice(0, 6).map((one) => one.key));
    expect(await page.getByRole("status").first().textContent()).toContain(`${total} of 90 images`);
    expect(await cards(page).first().textContent()).toContain("false positive");
  });

  test("is a range of the histogram, as many as its bars say", async () => {
    const page = await open(pets.get(), "/data/explorer?sort=brightness");
    const from = page.getByRole("slider", { name: "Brightness from" });
    await from.focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight");
    await eventually(() => parameter(page, "filter")).toContain("brightness");
    const { total } = await pets.get().ask<Samples>("samples", { filter: parameter(page, "filter")!, limit: "1" });
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(90);
    await page.getByText(`: ${total} images`).waitFor();
    await page.getByLabel(`${total} images`).waitFor();
  });

  test("comes back on Back and on a reload: filter, order, size, open image", async () => {
    const page = await open(pets.get(), `/model/explorer?${filtered({ classes: ["cat"] })}&sort=-confidence&size=240`);
    await cards(page).nth(1).click();
    const panel = page.getByLabel("Image", { exact: true });
    await panel.getByRole("img").first().waitFor();
    const url = page.url();
    await page.reload();
    await panel.getByText("2 of").waitFor();
    expect(page.url()).toBe(url);
    await page.getByRole("radio", { name: "True positive" }).check();
    await eventually(() => parameter(page, "filter")).toContain("tp");
    await page.goBack();
    await eventually(() => page.url()).toBe(url);
  });

  test("is where it was scrolled to after a reload", async () => {
    const page = await open(pets.get(), "/data/explorer?size=400");
    await cards(page).first().waitFor();
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 3000);
    await page.waitForTimeout(600);
    const before = await page.evaluate(() => (history.state as { position?: number } | null)?.position);
    expect(before).toBeGreaterThan(3);
    await page.reload();
    await cards(page).first().waitFor();
    await eventually(() => page.$(`#card-${before}`).then(Boolean)).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1000);
  });
});

describe("one image", () => {
  test("opens, goes on and closes by keys alone", async () => {
    const page = await open(pets.get(), "/model/explorer?sort=key");
    await cards(page).first().waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const panel = page.getByLabel("Image", { exact: true });
    await panel.getByText("2 of 90").waitFor();
    await page.keyboard.press("ArrowRight");
    await panel.getByText("3 of 90").waitFor();
    const { samples } = await pets.get().ask<Samples>("samples", { sort: "key", limit: "3" });
    await panel.getByText(samples[2]!.key, { exact: true }).waitFor();
    expect(parameter(page, "sample")).toBe(String(samples[2]!.id));
    await page.keyboard.press("n");
    await page.keyboard.type("behind the dog");
    await page.keyboard.press("Escape");
    await eventually(async () => (await pets.get().ask<Samples>("samples", { sort: "key", limit: "3" })).samples[2]!.note).toBe("behind the dog");
    await page.keyboard.press("Escape");
    await eventually(() => parameter(page, "sample")).toBeNull();
  });
});

describe("a selection", () => {
  test("of a range is tagged, and the tag taken back", async () => {
    const page = await open(pets.get(), "/data/explorer?sort=key");
    await cards(page).nth(1).click({ modifiers: ["ControlOrMeta"] });
    await cards(page).nth(5).click({ modifiers: ["Shift"] });
    await page.getByText("5 images selected").waitFor();
    const chosen = (await shownKeys(page)).slice(1, 6);
    await page.getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByRole("textbox", { name: "Tag" }).fill("odd ones");
    await page.keyboard.press("Enter");
    await page.getByText("“odd ones” given to 5 images.").waitFor();
    expect(await tagged("odd ones")).toEqual(chosen);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone").waitFor();
    expect(await tagged("odd ones")).toEqual([]);
  });

  test("of all is made, tagged and undone without a mouse", async () => {
    const page = await open(pets.get(), `/model/explorer?${filtered({ outcome: "fp" })}`);
    await cards(page).first().waitFor();
    const { total } = await pets.get().ask<Samples>("samples", { filter: '{"outcome":"fp"}', limit: "1" });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Space"); // all but the first
    await page.getByText(`${total - 1} images selected`).waitFor();
    await page.keyboard.press("t");
    await page.getByRole("textbox", { name: "Tag" }).waitFor();
    await page.keyboard.type("relabel");
    await page.keyboard.press("Enter");
    await page.getByText(`“relabel” given to ${total - 1} images.`).waitFor();
    expect((await tagged("relabel")).length).toBe(total - 1);
    await page.keyboard.press("Control+z");
    await page.getByText("Undone").waitFor();
    expect(await tagged("relabel")).toEqual([]);
  });

  test("is exported as it is", async () => {
    const page = await open(pets.get(), "/data/explorer?sort=key");
    await cards(page).nth(0).click({ modifiers: ["ControlOrMeta"] });
    await cards(page).nth(3).click({ modifiers: ["ControlOrMeta"] });
    const chosen = [0, 3].map(async (place) => (await shownKeys(page))[place]);
    await page.getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "JSON" }).click()]);
    const rows = JSON.parse(await text(await download.createReadStream())) as { key: string }[];
    expect(rows.map((row) => row.key)).toEqual(await Promise.all(chosen));
  });
});

describe("similar to a file", () => {
  test("chosen or dropped, the list is the API's answer for the same image", async () => {
    const demo = shared("demo");
    const page = await open(demo, "/model/explorer?model=linear");
    await cards(page).first().waitFor();
    const file = { name: "mine.png", mimeType: "image/png", buffer: await cards(page).first().screenshot() };
    const { samples } = await demo.post<{ samples: { key: string }[] }>("similar/image?model=linear&limit=6", file.buffer);
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("similar to mine.png, among").waitFor();
    await eventually(() => shownKeys(page, 6)).toEqual(samples.map((sample) => sample.key));
    await page.getByRole("button", { name: "Back to all images of the filter" }).click();
    await page.getByRole("combobox", { name: "Rank by" }).waitFor();
    const transfer = await page.evaluateHandle((bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], "dropped.png", { type: "image/png" }));
      return data;
    }, [...file.buffer]);
    for (const type of ["dragover", "drop"]) await listed(page).dispatchEvent(type, { dataTransfer: transfer });
    await page.getByText("similar to dropped.png, among").waitFor();
    await eventually(() => shownKeys(page, 6)).toEqual(samples.map((sample) => sample.key));
  });

  test("that is no image is told so", async () => {
    const page = await open(shared("demo"), "/model/explorer?model=linear");
    await cards(page).first().waitFor();
    expectProblems("422");
    await page.locator("input[type=file]").setInputFiles({ name: "text.png", mimeType: "image/png", buffer: Buffer.from("no image") });
    await page.getByRole("alert").filter({ hasText: "The image cannot be read" }).waitFor();
  });
});

describe("without images to show", () => {
  test("an image that cannot be read says why", async () => {
    const broken = await make("broken");
    onTestFinished(() => broken.stop());
    expectProblems("404");
    const page = await open(broken, "/data/explorer");
    await cards(page).nth(5).waitFor();
    for (const key of ["cut", "text", "void", "gone"]) {
      const card = page.locator(`[data-key^="cat/${key}"]`);
      await eventually(() => card.innerText()).toMatch(/broken|none of|empty|no file|truncated|cannot/i);
    }
    await page.locator('[data-key="cat/text.jpg"]').click();
    await page.getByRole("img", { name: "cat/text.jpg cannot be shown" }).waitFor();
  });

  test("an empty project says how to fill it", async () => {
    const empty = await make("empty");
    onTestFinished(() => empty.stop());
    const page = await open(empty, "/data/explorer");
    await page.getByText("This project has no images yet").waitFor();
    await page.getByText(/misnomer add-images .*project\.misnomer/).waitFor();
  });

  test("a filter that nothing meets can be cleared", async () => {
    const page = await open(pets.get(), `/data/explorer?${filtered({ text: "no such key" })}`);
    await page.getByText("No image meets the filter").waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await page.getByLabel("90 images").waitFor();
  });
});

test("hostile names are text everywhere, filter, tag and come back", async () => {
  const hostile = await make("hostile");
  onTestFinished(() => hostile.stop());
  const page = await open(hostile, "/model/explorer");
  await cards(page).first().waitFor();
  const { samples } = await hostile.ask<Samples>("samples", { sort: "-confidence", limit: "20" });
  expect(await shownKeys(page)).toEqual(samples.map((one) => one.key));
  const tag = "<b>\"it's\"</b> 猫";
  await cards(page).nth(0).click({ modifiers: ["ControlOrMeta"] });
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill(tag);
  await page.keyboard.press("Enter");
  await page.getByText(`“${tag}” given to 1 image.`).waitFor();
  await page.goto(`${hostile.url}/model/explorer?${filtered({ tags: [tag] })}`);
  await page.getByLabel("1 image", { exact: true }).waitFor();
  await eventually(() => shownKeys(page)).toEqual([samples[0]!.key]);
  await cards(page).first().click();
  await page.getByLabel("Image", { exact: true }).getByText(tag).waitFor();
});

describe("for everybody", () => {
  test.each([
    ["light", { colorScheme: "light" as const }],
    ["dark", { colorScheme: "dark" as const }],
    ["a phone", { viewport: { width: 400, height: 800 } }],
  ])("nothing is wrong by axe: %s", async (_name, options) => {
    const page = await open(pets.get(), "/model/explorer", options);
    await cards(page).first().waitFor();
    await cards(page).nth(1).click({ modifiers: ["ControlOrMeta"] });
    await page.getByText("1 image selected").waitFor();
    expect(await violations(page)).toEqual([]);
    await cards(page).nth(0).click();
    await page.getByRole("heading", { name: /^Metrics/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test.each([400, 1000, 2500])("at %i px nothing is cut off", async (width) => {
    const page = await open(pets.get(), "/model/explorer", { viewport: { width, height: 900 } });
    await cards(page).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });

  test("text of twice the size fits its cards", async () => {
    const page = await open(pets.get(), "/model/explorer?sort=brightness");
    await cards(page).first().waitFor();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await page.setViewportSize({ width: 1401, height: 900 });
    await page.waitForTimeout(300);
    const overlap = await page.evaluate(() => {
      const first = document.querySelector("#card-0 [class*=lines]")!.getBoundingClientRect();
      const below = [...document.querySelectorAll("[data-key]")].map((card) => card.getBoundingClientRect()).find((box) => box.top > first.top)!;
      return first.bottom - below.top;
    });
    expect(overlap).toBeLessThanOrEqual(0);
  });
});
