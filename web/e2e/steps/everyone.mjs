// Nobody is shut out: keyboard alone, narrow and wide, dark surroundings, less motion, on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BASE } from "../browser.mjs";
import { addressHas, answered, says, settled, SLOW, tabTo, worded } from "../waits.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const PAGES = [["map?state=FIN", ".panel table"], ["change?models=deterrence,commitment&run=yes&state=FIN", "#why"], ["council?power=yes&votes=RUS=no", ".bar"],
  ["bargaining", ".chart path"], ["compliance", "[data-findings]"], ["network?state=FRA", ".net circle"], ["matrix", ".grid path"],
  ["timeline", ".lanes g"], ["history", "summary"], ["design?run=yes", ".outcome"]];

/** What axe finds on every page as it stands, and how far a page is wider than its window. */
async function wrongOn(page, how) {
  const wrong = [];
  for (const [path, mark] of PAGES) {
    await page.goto(`${BASE}/${path}`);
    await page.waitForSelector(mark, { state: "attached", ...SLOW });
    await page.evaluate(AXE); // not a script of the page: it runs beside it
    const found = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }), RULES);
    for (const one of found.violations) wrong.push(`${path}, ${how}: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 1) wrong.push(`${path}, ${how}: ${over} pixels wider than the window`);
  }
  return wrong;
}

export default {
  async "axe finds nothing wrong on any page, wide"({ page }) {
    assert.deepEqual(await wrongOn(page, "wide"), []);
  },

  async "axe finds nothing wrong on any page, narrow, in dark surroundings, with less motion"({ fresh }) {
    const page = await fresh({ width: 390, height: 844, colorScheme: "dark", reducedMotion: "reduce" });
    assert.deepEqual(await wrongOn(page, "narrow and dark"), []);
    await page.goto(`${BASE}/map`);
    await settled(page);
    const moving = await page.evaluate(() => document.getAnimations().length + [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration.split(", ").some((each) => each !== "0s")).length);
    assert.equal(moving, 0, "nothing moves by itself");
    const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]);
    assert.notEqual(ink, paper);
  },

  async "the keyboard alone: over the map to a state, and a veto in the council"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=2024-06-01`);
    await settled(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "To the content");
    await tabTo(page, (one) => one.getAttribute("aria-roledescription") === "map");
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none", "what is in focus is seen");
    await page.keyboard.press("l");
    await says(page, /^L/);
    const before = await page.textContent("#map-says");
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction((was) => document.querySelector("#map-says").textContent !== was, before);
    await page.keyboard.press("Enter");
    await page.waitForSelector("section[aria-label^='About']");
    await tabTo(page, worded, "Council", { key: "Shift+Tab" });
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-outcome=adopted]");
    await tabTo(page, (one) => one.dataset.member === "CHN");
    await page.keyboard.press("Space");
    await page.waitForSelector("[data-outcome=rejected]");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.member), "CHN", "focus stays where it was");
  },

  async "the keyboard alone: compose a change, ask, and read the answer down to a source"({ page }) {
    await page.goto(`${BASE}/`);
    await settled(page);
    await tabTo(page, worded, "Change");
    await page.keyboard.press("Enter");
    await page.waitForSelector("fieldset");
    await tabTo(page, worded, "Start from");
    await page.keyboard.press("Home"); // the first of the list: nothing
    await page.waitForFunction(() => !document.querySelector("fieldset"));
    await tabTo(page, worded, "Add a step");
    await page.keyboard.press("Enter");
    await page.waitForSelector("fieldset");
    await tabTo(page, (one) => one.name === "title", null, { key: "Shift+Tab" });
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("Sweden joins");
    for (const [name, letters] of [["state", "swed"], ["organization", "NATO"]]) {
      await tabTo(page, (one, wanted) => one.name === wanted, name);
      await page.keyboard.type(letters);
      await page.waitForSelector("[role=listbox] [role=option]");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    }
    await tabTo(page, (one) => one.name === "date");
    await page.keyboard.type("2024-03-07");
    await page.keyboard.press("Tab");
    await addressHas(page, '"organization":"NATO"');
    await addressHas(page, '"date":"2024-03-07"');
    await page.waitForFunction(() => !document.querySelector(".wrong"));
    await tabTo(page, (one) => one.tagName === "SUMMARY" && one.textContent.startsWith("Models and constants"));
    await page.keyboard.press("Enter");
    for (const model of ["distance", "contest", "landscape", "allocation"]) {
      await tabTo(page, (one, wanted) => one.type === "checkbox" && one.closest("h3")?.textContent.trim() === wanted, model);
      await page.keyboard.press("Space");
    }
    await tabTo(page, worded, "Ask the models");
    await page.keyboard.press("Enter");
    await answered(page);
    await tabTo(page, (one) => one.matches("section[aria-label='By state'] button.verdict"), null, { most: 400 });
    await page.keyboard.press("Enter");
    await page.waitForSelector("#why");
    await tabTo(page, (one) => one.matches("#why button") && one.textContent === "Parts and claims", null, { most: 400 });
    await page.keyboard.press("Enter");
    await page.waitForSelector("#why summary:has-text('parts of the score')", SLOW);
    await tabTo(page, (one) => one.matches("#why summary") && /after: \d+ parts/.test(one.textContent));
    await page.keyboard.press("Enter");
    await tabTo(page, (one) => one.matches("#why summary") && /^\d+ claims/.test(one.textContent));
    await page.keyboard.press("Enter");
    await tabTo(page, (one) => one.matches("#why button") && one.textContent === "Sources");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#why li li");
  },

  async "on paper: the figure, its table and the votes are there, what can only be pressed is not"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=2024-06-01`);
    await settled(page);
    await page.click("summary:has-text('The table behind it')");
    await page.waitForSelector("details.behind[open] tbody tr");
    await page.emulateMedia({ media: "print" });
    const shown = (selector) => page.$$eval(selector, (all) => all.filter((one) => one.checkVisibility()).length);
    assert.equal(await shown("nav, .track, .actions, .play"), 0);
    assert.equal(await shown(".framed svg[role=application]"), 1);
    assert.ok((await shown("details.behind[open] tbody tr")) >= 60);
    assert.ok(await page.$eval("details.behind[open] .scroll", (one) => one.scrollHeight <= one.clientHeight + 1), "no row is cut off");
    const sheet = await page.pdf({ format: "A4" });
    assert.equal(sheet.subarray(0, 5).toString(), "%PDF-");
    await page.goto(`${BASE}/council?body=UNSC&on=2022-02-25&votes=RUS=no`);
    await page.waitForSelector("[data-outcome=rejected]");
    assert.equal(await shown("[data-member]"), 15, "votes are content, though they can be pressed");
  },

  async "on a phone: a change is asked about and read"({ fresh }) {
    const page = await fresh({ width: 390, height: 844, hasTouch: true, isMobile: true });
    await page.goto(`${BASE}/change?models=commitment`);
    await page.waitForSelector("fieldset");
    await page.tap("text=Ask the models");
    await answered(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 1, `${over} pixels wider than the window`);
    await page.tap("section[aria-label='By state'] button.verdict >> nth=0");
    await page.waitForSelector("#why");
    await page.waitForFunction(() => document.querySelector("#why").getBoundingClientRect().top < innerHeight);
  },
};
