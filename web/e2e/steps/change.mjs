// A change: asked about, altered, shared, composed, taken away.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { addressHas, answered, countsOf, SLOW, taken } from "../waits.mjs";

const step = (number) => `fieldset:has(legend:text-is('Step ${number}'))`;

export default {
  async "assess nordic-accession, change a constant, share the link, open it fresh: the same numbers"({ page, fresh, keep }) {
    await page.goto(`${BASE}/change`);
    await page.waitForSelector("fieldset");
    await page.click("text=Ask the models");
    await page.waitForSelector("[data-count]", SLOW);
    await answered(page);
    const plain = await countsOf(page);
    assert.ok(plain["deterrence:gains"] > 0);
    await page.click("summary:has-text('Models and constants')");
    await page.check("input[name='deterrence.allies_may_attack']");
    await addressHas(page, "set=deterrence.allies_may_attack=true");
    await page.click("text=Ask the models");
    await page.waitForSelector(".verdicts[data-done=yes][data-settings*=allies]", SLOW);
    const changed = await countsOf(page);
    assert.notDeepEqual(changed, plain);
    const other = await fresh();
    await other.goto(page.url());
    await answered(other);
    assert.deepEqual(await countsOf(other), changed);
    assert.equal(await other.textContent(".headline"), await page.textContent(".headline"));
    keep("plain counts", plain);
    keep("changed counts", changed);
    keep("headline", await page.textContent(".headline"));
    for (const form of ["json", "csv", "html", "pdf"]) {
      await taken(page, `text=The answer as ${form.toUpperCase()}`, keep, `answer.${form}`);
    }
    keep("change as composed", (await taken(page, "text=The change as YAML", keep, "change.yml")).name);
    await taken(page, ".verdicts .framed >> text=Take the picture away", keep, "answer.svg");
    await taken(page, "section[aria-label='By state'] >> text=Take the table away", keep, "states.csv");
  },

  async "why: from a verdict through its reason to the claims and their sources"({ page }) {
    await page.goto(`${BASE}/change?models=deterrence,commitment&run=yes`);
    await answered(page);
    assert.match(await page.textContent(".headline"), /models/i);
    await page.selectOption("section[aria-label='By state'] select", "touched");
    await page.fill("section[aria-label='By state'] label:has-text('Name holds') input", "Finland");
    await page.click("section[aria-label='By state'] button.verdict >> nth=0");
    await page.waitForSelector("#why td.long");
    await addressHas(page, "state=FIN");
    await page.click("#why button:has-text('Parts and claims') >> nth=0");
    await page.click("#why summary:has-text('parts of the score') >> nth=1", SLOW);
    await page.click("#why details[open] summary:has-text('claims') >> nth=0");
    await page.click("#why details[open] details[open] button:text-is('Sources') >> nth=0");
    await page.waitForSelector("#why li li");
  },

  async "a change of one's own: a wrong name is told at its field, and a near one is taken"({ page }) {
    await page.goto(`${BASE}/change`);
    await page.waitForSelector("fieldset");
    await page.fill(`${step(1)} input[name=organization]`, "NATOO");
    await page.keyboard.press("Tab");
    await page.waitForSelector(`${step(1)} .wrong`);
    assert.equal(await page.getAttribute(`${step(1)} input[name=organization]`, "aria-invalid"), "true");
    assert.equal(await page.getAttribute(`${step(1)} input[name=state]`, "aria-invalid"), "false");
    assert.ok(await page.isDisabled("text=Ask the models"));
    await page.click(`${step(1)} .wrong button >> nth=0`);
    await page.waitForFunction(() => !document.querySelector(".wrong"));
    assert.ok(await page.isEnabled("text=Ask the models"));
    await addressHas(page, '"organization":"NATO"');
  },

  async "a change from nothing: its file asks the same question on the command line"({ page, keep }) {
    await page.goto(`${BASE}/change`);
    await page.waitForSelector("fieldset");
    await page.selectOption("label:has-text('Start from') select", "");
    await page.click("text=Add a step");
    await page.fill(`${step(1)} input[name=state]`, "Swed");
    await page.click("[role=option]:has-text('Sweden')");
    await page.fill(`${step(1)} input[name=organization]`, "NATO");
    await page.fill(`${step(1)} input[name=date]`, "2024-03-07");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => !document.querySelector(".wrong"));
    await page.click("summary:has-text('Models and constants')");
    for (const model of ["deterrence", "distance", "contest", "landscape", "allocation"]) await page.uncheck(`section[aria-label=${model}] h3 input`);
    await page.click("text=Ask the models");
    await answered(page);
    keep("own counts", await countsOf(page));
    await taken(page, "text=The change as YAML", keep, "own-change.yml");
  },

  async "draws and shares are asked for on the page, and Stop gives a question up"({ page }) {
    await page.goto(`${BASE}/change?models=distance&draws=2000`);
    await page.waitForSelector("fieldset");
    await page.click("text=Ask the models");
    await page.waitForSelector("progress");
    await page.waitForFunction(() => /draws.*of 2000/.test(document.querySelector("p[role=status] label")?.textContent ?? ""), undefined, SLOW);
    await page.click("button:text-is('Stop')");
    await page.waitForSelector("progress", { state: "detached" });
    await page.goto(`${BASE}/change?models=commitment&draws=16&shares=yes&seed=3&run=yes&state=FIN`);
    await answered(page);
    await page.waitForSelector("#why th:has-text('Share of draws in which it loses')");
  },
};
