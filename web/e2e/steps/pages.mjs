// Pages filled in by hand: names by any alias, tables, files, votes that were taken, packages as changes, and links.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { answered, SLOW, taken } from "../waits.mjs";

const step = (number) => `fieldset:has(> legend:text-is('Step ${number}'))`;
const choicesOf = (page) => page.evaluate(() => Object.fromEntries([...new URLSearchParams(location.search), ...new URLSearchParams(location.hash.slice(1))]));
const leave = (page) => page.keyboard.press("Tab");
const ROW = { state: "RUS", zone: "flank_1996", category: "battle_tanks", status: "total", basis: "estimated", count: "1550..1570", date: "1999-07-01" };
const many = (count) => Array.from({ length: count }, (_, at) => ({ id: `s${at}`, do: "pledge", from: "CHE", to: ["BRA", "CHL", "PER"][at % 3], kind: ["defence", "neutrality"][at % 2], date: `20${String(10 + Math.floor(at / 10))}-01-01` }));
const addressOf = (data) => `${BASE}/change#data=${encodeURIComponent(JSON.stringify(data))}`;

export default {
  async "steps by names in any language, moved, taken out and put back; effects have fields of their own"({ page }) {
    await page.goto(`${BASE}/change`);
    await page.waitForSelector("fieldset");
    await page.selectOption("select[name=start]", "");
    await page.click("text=Add a step");
    await page.fill(`${step(1)} input[name=state]`, "Финл");
    await page.waitForSelector("[role=option]:has-text('Finland')");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.fill(`${step(1)} input[name=organization]`, "NATO");
    await leave(page);
    await page.click("text=Add a step");
    await page.selectOption(`${step(2)} select[name=do]`, "enact");
    await page.fill(`${step(2)} input[name=treaty]`, "RUS_DRAFT_TREATY_USA_2021");
    await leave(page);
    await page.click("text=Add an effect");
    await page.fill(`${step(2)} input[name=from]`, "Russia");
    await page.fill(`${step(2)} input[name=to]`, "members of NATOO");
    await leave(page);
    await page.selectOption(`${step(2)} select[name=kind]`, "consultation");
    await page.click(`${step(2)} .wrong button >> nth=0`);
    await page.waitForFunction(() => document.querySelector(".chip")?.textContent.startsWith("Finland"));
    await page.click("text=Take step 1 out");
    await page.waitForFunction(() => document.activeElement.textContent === "Put it back");
    await page.keyboard.press("Enter");
    await page.click("[aria-label='Move step 2 up']");
    await page.waitForFunction(() => JSON.parse(new URLSearchParams(location.search).get("data"))?.steps[0].do === "enact");
    const { steps } = JSON.parse((await choicesOf(page)).data);
    assert.deepEqual(steps[0].effects, [{ do: "pledge", from: "RUS", to: "members of NATO", kind: "consultation" }]);
    assert.deepEqual([steps[1].state, steps[1].organization], ["FIN", "NATO"]);
  },

  async "a hundred steps fit into a link, and one more is refused"({ page }) {
    await page.goto(addressOf({ name: "many", title: "Many", steps: many(101) }));
    await page.waitForSelector(".refusal:has-text('101 steps are asked for, and at most 100')");
    await page.click("text=Take step 101 out");
    await page.waitForSelector(".refusal", { state: "detached" });
    await page.waitForFunction(() => location.hash.length > 5_000);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll("fieldset > legend").length === 100);
  },

  async "a change is read from a file, with its mistakes at their lines; an edited one is not called as it ships"({ page }) {
    await page.goto(`${BASE}/change?change=drafts-2021`);
    await page.waitForSelector("fieldset");
    await page.click("summary:has-text('The change as a file')");
    await page.waitForFunction(() => document.querySelector("textarea[name=change-file]").value.includes("drafts-2021"));
    const text = await page.inputValue("textarea[name=change-file]");
    await page.fill("textarea[name=change-file]", "name: [");
    await page.click("text=Read this text into the steps");
    await page.waitForSelector("#change-file-told [role=alert]:has-text('Line')");
    await page.fill("textarea[name=change-file]", text.replace("name: drafts-2021", "name: mine"));
    await page.click("text=Read this text into the steps");
    await page.waitForSelector("#change-file-told :text('2 steps are read')");
    await page.waitForFunction(() => (location.search + location.hash).includes("mine"));
    await page.goBack();
    await page.waitForFunction(() => location.search.includes("change=drafts-2021"));
    await page.fill(`${step(1)} input[name=basis] >> nth=-1`, "as supposed");
    await leave(page);
    await page.waitForFunction(() => decodeURIComponent(location.search + location.hash).includes("drafts-2021-changed"));
  },

  async "a constant out of range is refused at its field, and the one before it is kept"({ page }) {
    await page.goto(`${BASE}/change?set=deterrence.gamma=2`);
    await page.waitForSelector("fieldset");
    await page.click("summary:has-text('Models and constants')");
    await page.fill("input[name='deterrence.gamma']", "0");
    await leave(page);
    await page.waitForSelector("details .wrong:has-text('above 0; 2 is kept')");
    assert.equal((await choicesOf(page)).set, "deterrence.gamma=2");
    await page.fill("input[name=materiality]", "1.5");
    await leave(page);
    await page.waitForSelector("details .wrong:has-text('up to 1; 0.01 is kept')");
  },

  async "holdings from YAML and JSON, in a table, and facts that are tables, with mistakes at row and column"({ page }) {
    await page.goto(`${BASE}/compliance?treaty=CFE_FLANK_1996&on=1999-07-01&party=RUS`);
    await page.waitForSelector("[data-findings]");
    for (const [name, text] of [["case.json", JSON.stringify([ROW])], ["case.yml", `holdings:\n  - {${Object.entries(ROW).map(([key, value]) => `${key}: ${value}`).join(", ")}}\n`]]) {
      await page.setInputFiles("input[type=file]", { name, mimeType: "text/plain", buffer: Buffer.from(text) });
      await page.waitForFunction(() => document.querySelector("textarea[name=holdings]").value.includes("1550,1570"));
      await page.click("text=Empty it");
    }
    await page.setInputFiles("input[type=file]", { name: "case.json", mimeType: "text/plain", buffer: Buffer.from(JSON.stringify([ROW])) });
    await page.fill("input[aria-label='Row 2, high']", "-5");
    await leave(page);
    await page.waitForSelector("input[aria-label='Row 2, high'][aria-invalid=true]");
    await page.fill("input[aria-label='Row 2, high']", "1600");
    await leave(page);
    await page.waitForSelector(".v-no");
    await page.goto(`${BASE}/compliance`);
    await page.waitForSelector("[data-findings]");
    await page.click("summary:has-text('Facts of the case')");
    await page.selectOption("select[name=add-fact]", "reductions");
    await page.click("fieldset:has(legend:text-is('reductions')) >> text=Add a row");
    await page.fill("input[aria-label='Row 1, liability']", "lots");
    await leave(page);
    await page.waitForSelector("fieldset .wrong:has-text('Row 1, liability')");
    assert.equal(await page.getAttribute("input[aria-label='Row 1, liability']", "aria-invalid"), "true");
  },

  async "what an exercise calls for"({ page }) {
    await page.goto(`${BASE}/compliance?ask=exercise`);
    await page.fill("input[name=by]", "Norway");
    await page.fill("input[name=starts]", "2019-03-11");
    await page.fill("input[name=troops]", "13 500");
    await leave(page);
    await page.selectOption("select[name=organised]", "yes");
    await page.waitForSelector("[data-duties]:has-text('notification required no later than 2019-01-28')");
  },

  async "a vote that was taken is opened, and changed by a letter; who may not vote is asked for at its field"({ page }) {
    await page.goto(`${BASE}/council?body=UNSC`);
    const label = await page.textContent("select[name=known] option:has-text('2022-02-25')");
    await page.selectOption("select[name=known]", { label });
    await page.waitForSelector("[data-outcome=rejected]");
    await page.focus("[data-member=RUS]");
    await page.keyboard.press("a");
    await page.waitForSelector("[data-outcome=adopted]");
    await page.goto(`${BASE}/council?body=OSCE&on=2022-02-25&procedure=minus_one`);
    await page.waitForSelector(".field:has(input[name=concerned]) .wrong");
    await page.fill("input[name=concerned]", "Russia");
    await leave(page);
    await page.waitForSelector("[data-outcome]");
    await page.goto(`${BASE}/council?body=EU&on=2022-02-25&power=yes`);
    await page.waitForSelector("section[aria-label=Power] .bar", SLOW);
    const file = await taken(page, "section[aria-label=Power] >> text=As SVG", {}, "power.svg");
    assert.match(file.bytes.toString(), /<svg[\s\S]*Germany/);
  },

  async "bargaining by weights, by the rule of a body, and on two questions"({ page }) {
    await page.goto(`${BASE}/bargaining?rule=weights`);
    await page.waitForSelector("section[aria-label=Bargaining] :text('weights of 5 of 8')");
    await page.selectOption("select[name=rule]", "body");
    await page.selectOption("select[name=body]", "CSTO");
    await page.click("button:has-text('members into the table')");
    await page.waitForSelector("section[aria-label=Bargaining] :text('CSTO Charter')");
    await page.check("input[name=second]");
    await page.waitForFunction(() => document.querySelectorAll("section[aria-label=Bargaining] .chart").length === 2);
    await page.fill("input[aria-label='Armenia, second position']", "far");
    await leave(page);
    await page.waitForSelector("input[aria-label='Armenia, second position'][aria-invalid=true]");
  },

  async "a package of a search is opened as a change and judged as the search judged it"({ page }) {
    await page.goto(`${BASE}/design?case=drafts-2021&run=yes`);
    await page.click("button:text-is('Open') >> nth=0", SLOW);
    await answered(page);
    assert.equal(await page.textContent("[data-count='commitment (consultation):gains']"), "9");
    await page.goBack();
    await page.waitForSelector("section[aria-label=Packages] .outcome", SLOW);
  },

  async "a link asks the same again on every page that is filled in"({ page, fresh }) {
    const seen = {
      "council?body=UNSC&on=2022-02-25&votes=RUS=no;CHN=abstain": "section[aria-label=Outcome]",
      "compliance?treaty=CFE_FLANK_1996&on=1999-07-01&party=RUS&holdings=state,zone,category,status,basis,low,high,date%0ARUS,flank_1996,battle_tanks,total,estimated,1550,1570,1999-07-01%0A": "section[aria-label=Findings] tbody",
      "bargaining?rule=weights&quota=6&now=20": "section[aria-label=Bargaining] .summary",
      "design?case=five-lands&run=yes": "section[aria-label=Packages] tbody",
    };
    const other = await fresh();
    for (const [path, mark] of Object.entries(seen)) {
      const told = [];
      for (const one of [page, other]) {
        await one.goto(`${BASE}/${path}`);
        await one.waitForSelector(mark, SLOW);
        await one.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
        told.push(await one.textContent(mark));
      }
      assert.equal(told[0], told[1], path);
      assert.ok(told[0].length > 10, path);
    }
  },
};
