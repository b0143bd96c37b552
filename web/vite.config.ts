import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` shows the pages of a project that `misnomer serve PROJECT --port 8642` serves.
const SERVER = process.env["MISNOMER_SERVER"] ?? "http://127.0.0.1:8642";

export default defineConfig({
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../src/misnomer/server/web",
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": SERVER } },
  test: {
    environment: "node", // tests of components say `@vitest-environment jsdom`, which takes seconds to start
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
});
