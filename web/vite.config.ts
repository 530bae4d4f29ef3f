// Builds the bundle that the program carries. File names come from the content, so that the
// same sources give the same files; `OUT` builds elsewhere, to compare with what is committed.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  build: {
    outDir: process.env.OUT ?? "../src/web/assets",
    emptyOutDir: true,
    target: ["chrome109", "firefox115", "safari16"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "licences.md" },
    sourcemap: false,
  },
});
