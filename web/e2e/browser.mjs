// One browser for the whole walk; every step has a window of its own, which may talk to the workbench alone.
// What a window asks of anyone else, and what the browser complains about, is kept.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

export const BASE = (process.env.INDIVISIBLE_PAGE ?? "http://127.0.0.1:8383").replace(/\/$/, "");
const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-domain-reliability", "--no-pings", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];

/** Where the browser is: CHROMIUM names it, or it is found on the path. */
function found() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        continue;
      }
    }
  }
  throw new Error("Chromium is not installed; CHROMIUM names it where it is not on the path");
}

export function launched() {
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : []; // Chromium refuses to run sandboxed as root
  return chromium.launch({ executablePath: found(), headless: true, args: [...QUIET, ...root], chromiumSandbox: root.length === 0 });
}

/** A window that shares nothing with any other: its page, and what was seen of it. */
export async function opened(browser, { width = 1280, height = 900, ...chosen } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true, ...chosen });
  const seen = { elsewhere: [], complaints: [] };
  const home = new URL(BASE).origin;
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${home}/`) && !url.startsWith("blob:") && !url.startsWith("data:")) seen.elsewhere.push(url);
  });
  context.on("page", (page) => {
    page.setDefaultTimeout(30_000);
    page.on("websocket", (socket) => seen.elsewhere.push(socket.url())); // the page has no use for one, to anywhere
    page.on("pageerror", (error) => seen.complaints.push(String(error)));
    page.on("console", (message) => {
      const expected = /status of 4\d\d/.test(message.text());
      if (message.type() === "error" && !expected) seen.complaints.push(message.text());
    });
  });
  return { context, page: await context.newPage(), seen };
}
