// What is measured and told, but judged by nobody here: a machine may be busy.
import { BASE } from "./browser.mjs";
import { settled } from "./waits.mjs";

/** Milliseconds to the first paint of a page that has never been opened, and what was sent for it. */
export async function firstPaint(page) {
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (one) => (bytes += one.encodedDataLength));
  await page.goto(`${BASE}/`);
  await settled(page);
  const first_paint_ms = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null);
  const settled_ms = await page.evaluate(() => performance.now());
  return { first_paint_ms, settled_ms, first_page_bytes: bytes };
}

/** Frames a second while the day slider of the map goes from its first day to its last. */
export async function slider(page) {
  await page.goto(`${BASE}/map?layer=membership:UN&on=1946-01-01`);
  await settled(page);
  await page.waitForTimeout(800);
  const frames = await page.evaluate(() => new Promise((done) => {
    const range = document.querySelector("input[type=range]");
    const [low, high] = [Number(range.min), Number(range.max)];
    const times = [];
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const tick = (now) => {
      times.push(now);
      if (times.length > 180) return done(times);
      set.call(range, String(Math.round(low + ((high - low) * times.length) / 181)));
      range.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }));
  const gaps = frames.slice(1).map((one, place) => one - frames[place]).sort((a, b) => a - b);
  return {
    frames_a_second: (1000 * gaps.length) / (frames.at(-1) - frames[0]),
    median_frame_ms: gaps[gaps.length >> 1], slow_frame_ms: gaps[Math.floor(gaps.length * 0.95)],
  };
}
