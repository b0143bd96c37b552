import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The pages in a real Chromium against real servers: one browser for all files, two files at a time.
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    environment: "node",
    include: ["**/*.e2e.ts"],
    globalSetup: ["setup.ts"],
    maxWorkers: 2,
    testTimeout: 90_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
  },
});
