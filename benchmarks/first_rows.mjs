/** From the start of `misnomer serve` to a page's first rows on screen, in a real Chromium with an empty cache.

    node benchmarks/first_rows.mjs [PROJECT …] [--runs N] [--look S] [--python PATH] [--chromium PATH]

Projects are given, or one of 10,000 samples is made by make_project.py. The browser runs already, as people's do; each run
has a server and a profile of its own, and opens the printed URL at once: the page of the scores, and the Explorer. Times are
medians in seconds from the start of the process: the URL is printed, the page arrives, something is drawn, the first row
(of classes, of samples) stands in a frame that is drawn. Then a click on the first sample, to its image or what stands for
it, and a change of the page, in milliseconds. Memory is the server's, at the first rows and after S seconds (default 3).

Bounds, of two idle cores at 10,000 samples: rows < 2 s, memory at the rows < 250 MB.
*/

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const ROOT = join(import.meta.dirname, "..");
const { chromium } = createRequire(join(ROOT, "web/"))("playwright-core");

const PAGES = {
  "/model/metrics": "main tbody tr",
  "/model/explorer": "[data-key]",
};
const ROWS_BOUND_S = 2;
const MEMORY_BOUND_MB = 250;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "5" },
    look: { type: "string", default: "3" },
    python: { type: "string", default: process.env.PYTHON ?? join(ROOT, ".venv/bin/python") },
    chromium: { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" },
  },
});

/** Runs in the page before its scripts: notes when the first row is in a frame that was drawn. */
function noteFirstRow(row) {
  const look = () => {
    if (!document.querySelector(row)) return requestAnimationFrame(look);
    return requestAnimationFrame(() => setTimeout(() => (window.firstRowAt = performance.timeOrigin + performance.now())));
  };
  requestAnimationFrame(look);
}

const memoryMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * 1.024e-3;
const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];
const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

/** A server from its start to its printed URL. */
async function serve(project) {
  const { PYTHONDONTWRITEBYTECODE: _, ...environment } = process.env; // as an installed package, which has its bytecode
  const started = Date.now();
  const server = spawn(options.python, ["-m", "misnomer", "serve", project, "--port", "0", "--no-browser"], {
    env: { PYTHONPATH: join(ROOT, "src"), ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const url = await new Promise((found, failed) => {
    server.stdout.once("data", (text) => found(new URL(String(text).trim())));
    server.once("exit", (code) => failed(new Error(`The server ended with ${code}.`)));
  });
  const stop = () => new Promise((gone) => server.once("exit", gone).kill("SIGTERM"));
  return { pid: server.pid, url, started, stop };
}

/** One page of a server just started, in a profile of its own. */
async function measure(browser, project, path) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(noteFirstRow, PAGES[path]);
  const server = await serve(project);
  try {
    const printed = Date.now();
    await page.goto(new URL(path + server.url.search, server.url).href, { waitUntil: "commit" });
    const row = await (await page.waitForFunction(() => window.firstRowAt, null, { timeout: 60_000 })).jsonValue();
    const memory = memoryMb(server.pid);
    const [arrived, drawn] = await page.evaluate(() => [
      performance.getEntriesByType("navigation")[0].responseStart,
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    ].map((since) => performance.timeOrigin + since));
    await pause(Number(options.look));
    const seconds = [printed, arrived, drawn, row].map((at) => (at - server.started) / 1000);
    return [...seconds, memory, memoryMb(server.pid), ...(await interact(page, path))];
  } finally {
    await context.close();
    await server.stop();
  }
}

/** Milliseconds to open the first sample, where there are any, and to go to the other page. */
async function interact(page, path) {
  const timed = async (click, there) => {
    const started = performance.now();
    await click();
    await page.waitForSelector(there);
    return performance.now() - started;
  };
  const opened = path === "/model/explorer" ? await timed(() => page.click("[data-key]"), '[data-detail]:not([aria-busy="true"]) h2') : Number.NaN;
  const other = Object.keys(PAGES).find((one) => one !== path);
  const changed = await timed(() => page.click(`nav a[href*="${other}"]`), PAGES[other]);
  return [opened, changed];
}

const folder = mkdtempSync(join(tmpdir(), "misnomer-first-rows-"));
const browser = await chromium.launch({ executablePath: options.chromium, args: ["--no-sandbox", "--disable-gpu"] });
try {
  if (positionals.length === 0) {
    positionals.push(join(folder, "10000.misnomer"));
    execFileSync(options.python, [join(ROOT, "benchmarks/make_project.py"), "10000", positionals[0]]);
  }
  for (const project of positionals) {
    if (!existsSync(project)) throw new Error(`There is no project ${project}.`);
    console.log(`\n${project}\n${"".padEnd(16)}    URL   page  drawn   rows s    MB  later   open change ms`);
    for (const path of Object.keys(PAGES)) {
      const runs = [];
      for (let run = 0; run <= Number(options.runs); run++) runs.push(await measure(browser, project, path));
      const figures = runs[0].map((_, figure) => median(runs.slice(1).map((run) => run[figure]))); // the first compiles
      const shown = figures.map((value, figure) => (Number.isNaN(value) ? "" : value.toFixed(figure < 4 ? 2 : 0)).padStart(6));
      console.log(`${path.padEnd(16)} ${shown.slice(0, 4).join(" ")}   ${shown.slice(4).join(" ")}`);
      if (figures[3] > ROWS_BOUND_S || figures[4] > MEMORY_BOUND_MB) process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
