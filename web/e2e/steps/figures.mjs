// Network, matrix, timeline and history: the same figure for the same day, each with its table.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { SLOW, setDay, taken } from "../waits.mjs";

const positions = (page) => page.$$eval(".net circle", (all) => all.map((one) => [one.dataset.key, one.getAttribute("cx"), one.getAttribute("cy")].join()));

export default {
  async "network: the same day gives the same figure twice, and a state's ties are told"({ page, fresh, keep }) {
    const other = await fresh();
    for (const one of [page, other]) {
      await one.goto(`${BASE}/network?on=2015-06-01`);
      await one.waitForSelector(".net circle");
    }
    const first = await positions(page);
    assert.ok(first.length > 50);
    assert.equal(new Set(first.map((one) => one.slice(one.indexOf(",")))).size, first.length, "no two stand on one another");
    assert.deepEqual(await positions(other), first);
    await setDay(page, "1985-06-01");
    await page.waitForFunction((was) => document.querySelectorAll(".net circle").length !== was && document.querySelector(".framed[aria-busy=false]"), first.length);
    await setDay(page, "2015-06-01");
    await page.waitForFunction((was) => document.querySelectorAll(".net circle").length === was && document.querySelector(".framed[aria-busy=false]"), first.length);
    assert.deepEqual(await positions(page), first, "and again after another day");
    await page.hover("circle[data-key=USA]");
    await page.waitForFunction(() => /United States.*\(defence/.test(document.querySelector("#net-says").textContent));
    await taken(page, "text=Take the picture away", keep, "network.svg");
  },

  async "matrix and timeline stand with their tables"({ page }) {
    await page.goto(`${BASE}/matrix?on=2015-06-01`);
    await page.waitForSelector(".grid path", { state: "attached" });
    await page.waitForSelector("summary:has-text('The table behind it')");
    await page.goto(`${BASE}/timeline?about=CSTO`);
    await page.waitForSelector(".lanes g", { state: "attached" });
    await page.click("summary:has-text('The table behind it')");
    await page.waitForFunction(() => /Uzbekistan|UZB/.test(document.querySelector("details.behind[open] tbody")?.textContent ?? ""));
  },

  async "history draws what is imported, or says what to import"({ page }) {
    await page.goto(`${BASE}/history?from=1990&to=1992`);
    await page.click("text=Ask");
    await page.waitForSelector(".charts, .refusal", SLOW);
    if (await page.$(".charts")) return assert.match(await page.textContent(".charts"), /It cannot say/);
    assert.match(await page.textContent(".refusal"), /import/);
    await page.click("summary:has-text('Which data are imported')");
    assert.match(await page.textContent("details.behind[open]"), /do not ship/);
  },
};
