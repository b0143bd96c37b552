/** The map: a lasso is a filter, and everything it shows is what the API says. */

import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { violations } from "./support/axe";
import { open, shared, shownCount, withBrowser } from "./support/pages";

withBrowser();
const demo = shared("demo");

const PATH = "/model/map?model=linear";

async function openMap(path = PATH, options?: BrowserContextOptions): Promise<Page> {
  const page = await open(demo, path, options);
  await page.getByRole("application", { name: /^Map of/ }).waitFor();
  await page.waitForFunction(() => document.querySelector("canvas")?.width);
  return page;
}

const eventually = <Answer>(ask: () => Answer) => expect.poll(ask, { timeout: 30_000 });
const filterOf = (page: Page): string => new URL(page.url()).searchParams.get("filter") ?? "{}";
const total = async (filter: string) => (await demo.ask<{ total: number }>("samples", { model: "linear", filter, limit: "1" })).total;

async function lasso(page: Page): Promise<void> {
  await page.getByText("Lasso", { exact: true }).click();
  const box = (await page.getByRole("application").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x + 120, y);
  await page.mouse.down();
  for (let step = 1; step <= 30; step++) await page.mouse.move(x + 120 * Math.cos(step / 5), y + 100 * Math.sin(step / 5));
  await page.mouse.up();
  await page.waitForURL(/region/);
}

describe("the map", () => {
  test("counts each colour as the API does, and each leads to its images", async () => {
    const page = await openMap();
    const right = await total('{"outcome":"tp"}');
    const entry = page.getByRole("link", { name: `True positive ${right.toLocaleString("en")}` });
    await entry.click();
    await page.waitForURL(/explorer/);
    await eventually(() => shownCount(page)).toBe(right);
  });

  test("the points are drawn", async () => {
    const page = await openMap();
    const coloured = async () => {
      const picture = (await page.locator("[role=application] canvas").screenshot()).toString("base64");
      return page.evaluate(async (encoded) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))]));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) if (Math.max(...data.subarray(at, at + 3)) - Math.min(...data.subarray(at, at + 3)) > 60) count++;
        return count;
      }, picture);
    };
    await eventually(coloured).toBeGreaterThan(100);
  });

  test("a drawing that the browser drops is drawn again, also where the browser does not bring it back", async () => {
    const page = await openMap();
    const lose = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>("[role=application] canvas")!;
        canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!.loseContext();
      });
    const drawn = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>("[role=application] canvas")!;
        return canvas.width > 300 && !canvas.getContext("webgl2")!.isContextLost();
      });
    await eventually(drawn).toBe(true);
    await lose();
    await page.getByText("it is drawn again").waitFor();
    await eventually(drawn).toBe(true);
    await page.getByText("it is drawn again").waitFor({ state: "detached" });
    for (let time = 0; time < 3; time++) {
      await lose();
      if (time < 2) await eventually(drawn).toBe(true);
    }
    await page.getByText("This browser cannot draw the map: it dropped what was drawn again and again.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await eventually(drawn).toBe(true);
  });

  test("a browser without WebGL is told what to do, and the colours still lead to their images", async () => {
    const page = await openMap();
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.reload();
    await page.getByText("This browser cannot draw the map: it has no WebGL 2.").waitFor();
    expect(await violations(page)).toEqual([]);
    const right = await total('{"outcome":"tp"}');
    await page.getByRole("link", { name: `True positive ${right.toLocaleString("en")}` }).click();
    await page.waitForURL(/explorer/);
    await eventually(() => shownCount(page)).toBe(right);
  });

  test("a lasso becomes a filter that the API answers with the same images; Back takes it away", async () => {
    const page = await openMap();
    await lasso(page);
    expect(page.url().length).toBeLessThan(2500);
    const inside = await total(filterOf(page));
    expect(inside).toBeGreaterThan(0);
    await eventually(() => shownCount(page)).toBe(inside);
    await page.getByRole("link", { name: /in the Explorer$/ }).click();
    await page.waitForURL(/explorer/);
    await eventually(() => shownCount(page)).toBe(inside);
    await page.goBack();
    await page.goBack();
    await eventually(() => filterOf(page)).toBe("{}");
  });

  test("a region in the URL is there after a reload", async () => {
    const page = await openMap();
    await lasso(page);
    const before = filterOf(page);
    const inside = await total(before);
    await page.reload();
    await eventually(() => shownCount(page)).toBe(inside);
    expect(filterOf(page)).toBe(before);
  });

  test("the keyboard zooms, selects what is in view, and reaches its images", async () => {
    const page = await openMap();
    await page.getByRole("application").focus();
    for (const key of ["+", "+", "+", "ArrowLeft", "Enter"]) await page.keyboard.press(key);
    await page.waitForURL(/region/);
    const inside = await total(filterOf(page));
    await eventually(() => shownCount(page)).toBe(inside);
    await eventually(() => page.getByRole("group", { name: "Images of the region" }).getByRole("link").count()).toBe(Math.min(inside, 60));
    await page.getByRole("application").focus();
    await page.keyboard.press("Escape");
    await eventually(() => filterOf(page)).toBe("{}");
  });

  test("resting on a point shows its image, and a click opens it", async () => {
    const page = await openMap();
    const box = (await page.getByRole("application").boundingBox())!;
    const over = page.locator("[role=application][data-over]");
    for (let step = 0; step < 400 && (await over.count()) === 0; step++)
      await page.mouse.move(box.x + box.width / 2 - 200 + 20 * (step % 20), box.y + 40 + 25 * Math.floor(step / 20));
    const key = await page.locator("[class*=tip]").getByText(/\.png$/).innerText();
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForURL(/sample=/);
    const sample = await demo.ask<{ key: string }>(`samples/${new URL(page.url()).searchParams.get("sample")}`, { model: "linear" });
    expect(sample.key).toBe(key);
  });

  test("a class filter leaves only its points", async () => {
    const filter = '{"classes":["Flags"]}';
    const page = await openMap(`${PATH}&filter=${encodeURIComponent(filter)}`);
    const shown = (await total(filter)).toLocaleString("en");
    await page.getByRole("application", { name: `Map of ${shown} images` }).waitFor();
  });

  test("a project without a map says how to make it", async () => {
    const page = await open(shared("large"), "/model/map");
    await page.getByText("No map yet").waitFor();
    await page.getByText(/misnomer compute .* embeddings map/).waitFor();
  });

  for (const [width, colorScheme, color] of [
    [1440, "light", "label"],
    [400, "dark", "brightness"],
  ] as const)
    test(`is accessible and fits, ${width} px, ${colorScheme}`, async () => {
      const page = await openMap(`${PATH}&color=${color}`, { viewport: { width, height: 900 }, colorScheme });
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    });
});
