// The editor's promises: pure parts without a browser, pages against the real program.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));

export default defineConfig({
  testDir: "pages",
  outputDir: "../../target/web/results",
  reporter: [["list"]],
  // Every test has a server and a library of its own; two cores carry two of them.
  workers: Number(process.env.WORKERS ?? 2),
  timeout: 60_000,
  // A browser on two busy cores misses a moment now and then; it is told as flaky.
  retries: 2,
  expect: { timeout: 15_000 },
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "da-DK",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
    },
  },
  projects: [
    { name: "unit", testDir: "unit" },
    { name: "pages", testIgnore: "speed.spec.ts" },
    // Measured when nothing else of ours runs.
    { name: "speed", testMatch: "speed.spec.ts", dependencies: ["unit", "pages"] },
  ],
});
