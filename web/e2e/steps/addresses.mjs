// The address holds the whole question: back and forth, and where it makes no sense.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { says, settled } from "../waits.mjs";

export default {
  async "Back leads to the page before, with all that was chosen there"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:CSTO&on=2012-06-01`);
    await settled(page);
    await page.click("nav >> text=Council");
    await page.waitForSelector("[data-outcome]");
    assert.match(page.url(), /council\?.*on=2012-06-01/, "the day goes along");
    assert.equal(await page.title(), "Council - indivisible workbench");
    await page.goBack();
    await settled(page);
    assert.match(page.url(), /layer=membership(:|%3A)CSTO/);
    await says(page, /2012-06-01/);
    await page.goForward();
    await page.waitForSelector("[data-outcome]");
  },

  async "an address that makes no sense is told, and no page is blank"({ page }) {
    const wrong = [["map?layer=membership:NOPE", /No organization is called 'NOPE'/], ["map?viewpoint=XXX", /No state is called 'XXX'/],
      ["change?change=nope", /nope/], ["change?models=nope&run=yes", /No model is called 'nope'/], ["council?body=NOPE", /NOPE/],
      ["compliance?treaty=NOPE", /No treaty is called 'NOPE'/], ["timeline?about=NOPE", /NOPE/], ["design?case=nope&run=yes", /nope/]];
    for (const [address, told] of wrong) {
      await page.goto(`${BASE}/${address}`);
      await page.waitForFunction((words) => [...document.querySelectorAll(".refusal, .wrong")].some((one) => new RegExp(words).test(one.textContent)), told.source);
    }
    for (const address of ["change?data=garbage", "council?votes=garbage&facts=garbage", "compliance?facts=garbage", "bargaining?actors=garbage", "map?on=yesterday&part=moon", "nowhere"]) {
      await page.goto(`${BASE}/${address}`);
      await page.waitForFunction(() => document.querySelector("main h1") && document.querySelector("main").textContent.length > 500);
    }
  },
};
