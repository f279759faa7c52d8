// A browser that may talk to the workbench alone, and says what a page asked of anyone else or complained about.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const BASE = process.env.INDIVISIBLE_PAGE ?? "http://127.0.0.1:8383";
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

export async function opened({ width = 1280, height = 900, reducedMotion = "no-preference" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "workbench-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM, headless: true, args: QUIET, viewport: { width, height }, reducedMotion, acceptDownloads: true,
  });
  const seen = { elsewhere: [], complaints: [] };
  const home = new URL(BASE).origin;
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${home}/`) && !url.startsWith("blob:") && !url.startsWith("data:")) seen.elsewhere.push(url);
  });
  const watch = (page) => {
    page.on("pageerror", (error) => seen.complaints.push(String(error)));
    page.on("console", (message) => {
      const expected = /status of 4\d\d/.test(message.text());
      if (message.type() === "error" && !expected) seen.complaints.push(message.text());
    });
  };
  context.pages().forEach(watch);
  context.on("page", watch);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  return { context, page, seen, close: async () => { await context.close(); rmSync(folder, { recursive: true, force: true }); } };
}
