// Nothing leaves this machine; and the walk itself would notice if something did.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";

export default {
  async "a request that leaves the machine would be seen, and the page may not make one"({ unwatched }) {
    const seeded = await unwatched({ bypassCSP: true });
    await seeded.page.goto(`${BASE}/map`);
    await seeded.page.evaluate(async () => {
      await fetch("https://elsewhere.invalid/counted").catch(() => undefined);
      document.body.append(Object.assign(new Image(), { src: "https://elsewhere.invalid/dot.png" }));
      navigator.sendBeacon("https://elsewhere.invalid/told");
    });
    await seeded.page.waitForTimeout(300);
    const asked = [...new Set(seeded.seen.elsewhere)].sort();
    assert.deepEqual(asked, ["counted", "dot.png", "told"].map((one) => `https://elsewhere.invalid/${one}`));
    const guarded = await unwatched();
    await guarded.page.goto(`${BASE}/map`);
    await guarded.page.evaluate(() => fetch("https://elsewhere.invalid/counted").catch(() => undefined));
    assert.deepEqual(guarded.seen.elsewhere, [], "the server's policy stops it before it is asked");
    assert.ok(guarded.seen.complaints.some((one) => /Content Security Policy/.test(one)));
  },
};
