/** The review by keyboard alone, on a project and a server of its own: the server is killed in the middle. */

import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "./support/axe";
import { expectProblems, open, shared, withBrowser } from "./support/pages";
import { type Served, python, serve, temporary } from "./support/server";

const PORT = "5397";

interface History {
  kept: number;
  corrected: number;
  skipped: number;
}

withBrowser();
const folder = temporary("review");
const start = () => serve(join(folder, "project.misnomer"), { folder, port: PORT });
let server: Served;

beforeAll(async () => {
  await python(join(import.meta.dirname, "support/make_project.py"), "fruit", folder);
  server = await start();
});
afterAll(() => server?.stop());

async function decisions(): Promise<History> {
  const { kept, corrected, skipped } = await server.ask<History>("decisions");
  return { kept, corrected, skipped };
}

async function review(options?: Parameters<typeof open>[2]): Promise<Page> {
  const page = await open(server, "/label/review", options);
  await page.getByRole("button", { name: "Keep the label" }).waitFor();
  return page;
}

test("thirty decisions by keyboard, none lost when the server is killed, the last one taken back", async () => {
  const page = await review();
  for (let done = 0; done < 28; done += 1) {
    await page.getByRole("button", { name: "Keep the label" }).waitFor(); // the list is read in parts: a machine can be too fast for it
    await page.keyboard.press(done % 4 === 0 ? "1" : "2");
  }
  await page.getByRole("button", { name: "Skip" }).waitFor();
  await page.keyboard.press("s");
  await page.getByRole("button", { name: "Another class" }).waitFor();
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Search classes" }).waitFor();
  await page.keyboard.type("elder");
  await page.keyboard.press("Enter");
  await expect.poll(decisions, { timeout: 60_000 }).toMatchObject({ skipped: 1 });
  await expect.poll(async () => Object.values(await decisions()).reduce((sum, count) => sum + count), { timeout: 60_000 }).toBe(30);
  const before = await decisions();

  expectProblems("ERR_"); // while there is no server
  await server.kill("SIGKILL");
  await page.keyboard.press("1");
  await page.getByText("1 decision not saved yet").waitFor();
  await page.keyboard.press("1");
  await page.getByText("2 decisions not saved yet").waitFor();
  server = await start();
  expect(await decisions()).toEqual(before);
  await page.reload();
  await expect.poll(decisions, { timeout: 30_000 }).toEqual({ ...before, kept: before.kept + 2 });

  await page.keyboard.press("u");
  await expect.poll(decisions).toEqual({ ...before, kept: before.kept + 1 });
  await page.getByText(/31 of \d+ seen/).waitFor();
}, 240_000);

test.each(["light", "dark"] as const)("the review in %s breaks no rule of WCAG AA and fits a phone's 400 px", async (colorScheme) => {
  for (const width of [1440, 400]) {
    const page = await review({ viewport: { width, height: 900 }, colorScheme });
    await page.getByText("The most similar images and their labels").waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test("where there is nothing to check labels by, the review says what to compute", async () => {
  const page = await open(shared("large"), "/label/review");
  await page.getByText("There is nothing to check labels by yet").waitFor();
  await page.getByText(/embeddings neighbors labels/).waitFor();
});

test("of two windows the second says that the first has decided, and moves to no other image by itself", async () => {
  const [first, second] = [await review(), await review()];
  const image = (page: Page) => page.locator("img[src*='/image']").first().getAttribute("src");
  await expect.poll(() => image(second)).toBe(await image(first));
  const shown = await image(second);
  const before = await decisions();
  await first.keyboard.press("2");
  await second.getByText("It has been decided in another window.").waitFor();
  expect(await image(second)).toBe(shown);
  await second.getByRole("region", { name: "Queue" }).getByRole("button").first().click();
  await second.getByText("It has been decided in another window.").waitFor({ state: "detached" });
  await expect.poll(() => image(second)).toBe(await image(first));
  expect(await decisions()).toEqual({ ...before, corrected: before.corrected + 1 });
});
