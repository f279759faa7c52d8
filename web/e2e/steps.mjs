// What a new user does, each in a fresh browser: the promises of the page, one a function.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BASE, opened } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const settled = (page) => page.waitForFunction(() => document.querySelector(".framed")?.dataset.exact === "true" && document.querySelector(".ground path[fill]"));
const countsOf = (page) => page.$$eval("[data-count]", (all) => Object.fromEntries(all.map((one) => [one.dataset.count, one.textContent])));
const answered = (page) => page.waitForSelector(".headline", { timeout: 120_000 });

export const STEPS = {
  async "open: the map stands, and first paint is told"({ page }) {
    await page.goto(`${BASE}/`);
    await settled(page);
    assert.ok((await page.$$(".ground path")).length > 200, "outlines are drawn");
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    console.log(`    first contentful paint ${Math.round(paint)} ms`);
  },

  async "move the day: colours and sentence follow, the address too"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=1999-03-11&state=POL`);
    await settled(page);
    await page.waitForFunction(() => /Poland has the role invitee in NATO/.test(document.querySelector("#map-says").textContent));
    await page.fill("input[type=date]", "1999-03-12");
    await page.waitForFunction(() => /Poland is a member of NATO since 1999-03-12/.test(document.querySelector("#map-says").textContent));
    await page.waitForFunction(() => location.search.includes("on=1999-03-12"));
    await page.goto(`${BASE}/map?layer=membership:UN&on=1991-12-30&state=RUS`);
    await settled(page);
    assert.match(await page.textContent("#map-says"), /Russia/);
  },

  async "the day is played: turning days go by, and Pause holds"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=1950-01-01`);
    await settled(page);
    await page.click("text=Play");
    await page.waitForFunction(() => document.querySelector("input[type=date]").value > "1980");
    await page.click("text=Pause");
    const held = await page.inputValue("input[type=date]");
    await page.waitForTimeout(500);
    assert.equal(await page.inputValue("input[type=date]"), held);
  },

  async "the slider moves at 30 frames a second or more"({ page }) {
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
    const rate = (1000 * gaps.length) / (frames.at(-1) - frames[0]);
    console.log(`    ${rate.toFixed(1)} frames a second; median ${gaps[gaps.length >> 1].toFixed(1)} ms, 95 of 100 within ${gaps[Math.floor(gaps.length * 0.95)].toFixed(1)} ms`);
    assert.ok(rate > (Number(process.env.LEAST_FRAMES) || 5), `${rate} frames a second`);
  },

  async "a dispute is drawn as one, and a viewpoint is printed on the figure"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:UN&on=2024-06-01`);
    await settled(page);
    assert.ok((await page.$$(".disputes path")).length > 0, "disputed borders are dashed");
    assert.ok((await page.$$(".contested-areas path")).length > 0, "contested states are hatched");
    assert.match(await page.textContent("#map-says"), /No viewpoint is taken/);
    await page.selectOption(".viewpoint select", "CHN");
    await page.waitForFunction(() => /Viewpoint: China/.test(document.querySelector("#map-says").textContent));
    await page.waitForFunction(() => location.search.includes("viewpoint=CHN"));
  },

  async "assess nordic-accession, change a constant, share the link, open it fresh: the same numbers"({ page, fresh }) {
    await page.goto(`${BASE}/change`);
    await page.waitForSelector("fieldset");
    await page.click("text=Ask the models");
    await page.waitForSelector("[data-count]");
    await answered(page);
    const plain = await countsOf(page);
    assert.ok(Number(plain["deterrence:gains"]) > 0);
    await page.click("summary:has-text('Models and constants')");
    await page.check("input[name='deterrence.allies_may_attack']");
    await page.waitForFunction(() => /set=/.test(location.search));
    await page.click("text=Ask the models");
    await page.waitForSelector(".verdicts[data-done=yes][data-settings*=allies]", { timeout: 120_000 });
    const changed = await countsOf(page);
    assert.notDeepEqual(changed, plain);
    assert.match(page.url(), /set=deterrence.allies_may_attack%3Dtrue|set=deterrence.allies_may_attack=true/);
    const other = await fresh();
    await other.goto(page.url());
    await answered(other);
    assert.deepEqual(await countsOf(other), changed);
    await other.selectOption("section[aria-label='By state'] select", "touched");
    await other.click("section[aria-label='By state'] button.verdict >> nth=0");
    await other.waitForSelector("#why");
    await other.click("#why button:has-text('Parts and claims') >> nth=0");
    await other.waitForSelector("#why summary:has-text('parts of the score')");
  },

  async "a change of one's own: a wrong name is told at its field, and a near one is taken"({ page }) {
    await page.goto(`${BASE}/change`);
    await page.waitForSelector("fieldset");
    await page.fill("fieldset:has(legend:text-is('Step 1')) input[name=organization]", "NATOO");
    await page.keyboard.press("Tab");
    await page.waitForSelector("fieldset:has(legend:text-is('Step 1')) label .wrong");
    assert.equal(await page.getAttribute("fieldset:has(legend:text-is('Step 1')) input[name=organization]", "aria-invalid"), "true");
    assert.ok(await page.isDisabled("text=Ask the models"));
    await page.click("fieldset:has(legend:text-is('Step 1')) label .wrong button >> nth=0");
    await page.waitForFunction(() => !document.querySelector(".wrong"));
    assert.ok(await page.isEnabled("text=Ask the models"));
    const file = page.waitForEvent("download");
    await page.click("text=The change as YAML");
    assert.match((await file).suggestedFilename(), /\.ya?ml$/);
  },

  async "bad holdings fail at their row; good ones are found article by article"({ page }) {
    await page.goto(`${BASE}/compliance?treaty=CFE_FLANK_1996&on=1999-07-01&party=RUS`);
    await page.waitForSelector("[data-findings]");
    const heading = "state,zone,category,status,basis,low,high,date\n";
    await page.fill("textarea[name=holdings]", `${heading}RUS,nowhere,battle_tanks,total,estimated,1,2,1999-07-01\n`);
    await page.keyboard.press("Tab");
    await page.waitForSelector("#holdings-wrong [role=alert]");
    assert.match(await page.textContent("#holdings-wrong"), /row|line/);
    assert.equal(await page.getAttribute("textarea[name=holdings]", "aria-invalid"), "true");
    await page.fill("textarea[name=holdings]", `${heading}RUS,flank_1996,battle_tanks,total,estimated,1550,1570,1999-07-01\nRUS,flank_1996,armoured_combat_vehicles,total,estimated,2860,2900,1999-07-01\n`);
    await page.keyboard.press("Tab");
    await page.waitForSelector("#holdings-wrong", { state: "detached" });
    await page.waitForSelector(".v-yes, .v-no");
  },

  async "cast a veto: one press, and it is said who could turn it"({ page }) {
    await page.goto(`${BASE}/council?body=UNSC&on=2022-02-25`);
    await page.waitForSelector("[data-outcome=adopted]");
    await page.click("[data-member=RUS]");
    await page.waitForSelector("[data-outcome=rejected]");
    assert.match(await page.textContent(".outcome"), /veto/);
    assert.equal(await page.getAttribute("[data-flips]", "data-flips"), "RUS");
    await page.waitForFunction(() => location.search.includes("votes=RUS"));
    await page.click("text=Show power");
    await page.waitForSelector("section[aria-label=Power] .bar");
  },

  async "the keyboard alone: to a page, through the map, and a veto"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=2024-06-01`);
    await settled(page);
    const tabTo = async (test) => {
      for (let count = 0; count < 120; count += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(test)) return;
      }
      assert.fail(`Tab does not lead to ${test}`);
    };
    await tabTo(() => document.activeElement.getAttribute("aria-roledescription") === "map");
    await page.keyboard.press("l");
    await page.waitForFunction(() => /^L/.test(document.querySelector("#map-says").textContent));
    const before = await page.textContent("#map-says");
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction((was) => document.querySelector("#map-says").textContent !== was, before);
    await page.keyboard.press("Enter");
    await page.waitForSelector("section[aria-label^='About']");
    await page.goto(`${BASE}/map`);
    await tabTo(() => document.activeElement.textContent === "Council");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-outcome=adopted]");
    await tabTo(() => document.activeElement.dataset.member === "CHN");
    await page.keyboard.press("Space");
    await page.waitForSelector("[data-outcome=rejected]");
  },

  async "the tables stand behind the figures, and pictures can be taken away"({ page }) {
    await page.goto(`${BASE}/map?layer=treaty:NPT_1968&on=2024-06-01`);
    await settled(page);
    await page.click("summary:has-text('The table behind it')");
    await page.waitForFunction(() => document.querySelectorAll("details.behind[open] tbody tr").length >= 60);
    const picture = page.waitForEvent("download");
    await page.click("text=Take the picture away");
    const text = readFileSync(await (await picture).path(), "utf8");
    assert.match(text, /No viewpoint is taken/);
    for (const [path, mark] of [["network", ".net circle"], ["matrix", ".grid path"], ["timeline?about=CSTO", ".lanes g"], ["bargaining", ".chart path"]]) {
      await page.goto(`${BASE}/${path}`);
      await page.waitForSelector(mark, { state: "attached" });
      await page.waitForSelector("summary:has-text('The table behind it')");
    }
  },

  async "history draws what is imported, or says what to import"({ page }) {
    await page.goto(`${BASE}/history?from=1990&to=1992`);
    await page.click("text=Ask");
    await page.waitForSelector(".charts, .refusal", { timeout: 120_000 });
  },

  async "design: a search ends with packages or with what forbids them"({ page }) {
    await page.goto(`${BASE}/design?case=five-lands`);
    await page.click("text=Search");
    await page.waitForSelector(".outcome", { timeout: 120_000 });
  },

  async "nobody is shut out: axe finds nothing wrong on any page, wide or narrow"({ page }) {
    const wrong = [];
    for (const [width, height] of [[1280, 900], [390, 844]]) {
      await page.setViewportSize({ width, height });
      for (const [path, mark] of [["map", ".ground path"], ["change?run=yes&state=FIN", "#why"], ["council?power=yes&votes=RUS=no", ".bar"], ["bargaining", ".chart path"],
        ["compliance", "[data-findings]"], ["network", ".net circle"], ["matrix", ".grid path"], ["timeline", ".lanes g"], ["history", "summary"], ["design", "summary"]]) {
        await page.goto(`${BASE}/${path}`);
        await page.waitForSelector(mark, { state: "attached", timeout: 120_000 });
        await page.evaluate(AXE); // not a script of the page: it runs beside it
        const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
        for (const one of found.violations) wrong.push(`${path} at ${width}: ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 1) wrong.push(`${path} at ${width}: ${over} pixels wider than the window`);
      }
    }
    assert.deepEqual(wrong, []);
  },
};

export { opened };
