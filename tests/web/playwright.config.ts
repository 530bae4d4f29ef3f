// The editor's promises: pure parts without a browser, pages against the real program.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const CHROMIUM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath =
  process.env.CHROMIUM ?? CHROMIUM.find((path) => existsSync(path));

export default defineConfig({
  outputDir: "../../target/web/results",
  reporter: [["list"]],
  // Every test has a server and a library of its own; two cores carry two of them.
  workers: Number(process.env.WORKERS ?? 2),
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: "unit", testDir: "unit" },
    {
      name: "pages",
      testDir: "pages",
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
    },
  ],
});
