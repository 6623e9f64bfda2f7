// Builds the desk's scripts and fonts into the Python package, with a manifest that `desk/assets.py` reads.
import { defineConfig } from "vitest/config";

const assets = "src/sayso/desk/assets";

export default defineConfig({
  root: assets,
  base: "/assets/built/",
  publicDir: false,
  build: {
    outDir: "../built",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0, // the page's policy allows no data: but for images
    modulePreload: { polyfill: false },
    rollupOptions: { input: [`${assets}/main.ts`] },
    chunkSizeWarningLimit: 1500,
  },
  test: { root: ".", include: ["tests/desk/**/*.test.ts"] },
});
