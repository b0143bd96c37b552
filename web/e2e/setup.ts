/** Starts the one Chromium, builds the projects that all files share and serves them; stops all in the end. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { ARGUMENTS, findChromium } from "./support/chromium";
import { type Address, type Served, make, python, serve, temporary } from "./support/server";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the browser listens. */
    chromium: string;
    demo: Address;
    large: Address;
  }
}

export default async function setUp(vitest: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(ROOT, "src/misnomer/server/web/index.html"))) throw new Error("The web app is not built. Run make web.");
  const [browser, demo, large] = await Promise.all([chromium.launchServer({ executablePath: findChromium(), args: ARGUMENTS }), makeDemo(), makeLarge()]);
  vitest.provide("chromium", browser.wsEndpoint());
  for (const [name, { url, login }] of [["demo", demo], ["large", large]] as const) vitest.provide(name, { url, login });
  return async () => {
    await Promise.all([browser.close(), demo.stop(), large.stop()]);
  };
}

/** A third of the demo: embedding all of it takes a fifth of the processor's time of all tests here. */
const makeDemo = (): Promise<Served> => make("demo");

/** A thousand classes, no images. */
async function makeLarge(): Promise<Served> {
  const folder = temporary("large");
  const project = join(folder, "large.misnomer");
  await python("benchmarks/make_project.py", "20000", project, "--classes", "1000", "--metrics", "5");
  return serve(project, { folder });
}
