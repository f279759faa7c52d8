import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [preact()],
  build: {
    outDir: "../src/indivisible/apps/web/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the server forbids data: scripts and styles, and files are as quick from this machine
    modulePreload: { polyfill: false }, // its script would stand inside the page, which the server forbids
    target: "es2022",
  },
  server: { proxy: { "/api": "http://127.0.0.1:8383" } },
});
