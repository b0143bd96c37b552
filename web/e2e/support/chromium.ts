/** Where Chromium is; installed where that may be done, else an error that says what to install. */

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function findChromium(): string {
  const known = [process.env["CHROMIUM"], ...PLACES].find((place) => place !== undefined && existsSync(place));
  if (known) return known;
  if (process.getuid?.() === 0) execFileSync("sh", ["-c", "apt-get update && apt-get install --yes --no-install-recommends chromium"], { stdio: "inherit" });
  const installed = PLACES.find((place) => existsSync(place));
  if (installed) return installed;
  throw new Error("The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium) or say where it is with CHROMIUM=PATH.");
}
