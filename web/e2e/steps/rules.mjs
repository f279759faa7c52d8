// Treaties and councils: holdings, votes, power, bargaining, and the search for packages.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { addressHas, SLOW, taken } from "../waits.mjs";

const HEADING = "state,zone,category,status,basis,low,high,date\n";
const GOOD = `${HEADING}RUS,flank_1996,battle_tanks,total,estimated,1550,1570,1999-07-01\nRUS,flank_1996,armoured_combat_vehicles,total,estimated,2860,2900,1999-07-01\n`;

export default {
  async "bad holdings fail at their row; good ones are found article by article"({ page, keep }) {
    await page.goto(`${BASE}/compliance?treaty=CFE_FLANK_1996&on=1999-07-01&party=RUS`);
    await page.waitForSelector("[data-findings]");
    await page.fill("textarea[name=holdings]", `${HEADING}RUS,nowhere,battle_tanks,total,estimated,1,2,1999-07-01\n`);
    await page.keyboard.press("Tab");
    await page.waitForSelector("#holdings-wrong [role=alert]");
    assert.match(await page.textContent("#holdings-wrong"), /row|line/);
    assert.equal(await page.getAttribute("textarea[name=holdings]", "aria-invalid"), "true");
    await page.fill("textarea[name=holdings]", GOOD);
    await page.keyboard.press("Tab");
    await page.waitForSelector("#holdings-wrong", { state: "detached" });
    await page.waitForSelector(".v-yes, .v-no");
    keep("holdings", GOOD);
    for (const form of ["json", "csv", "pdf"]) await taken(page, `section[aria-label=Findings] >> text=As ${form.toUpperCase()}`, keep, `findings.${form}`);
  },

  async "holdings are taken from a file too, and a file that is none is told"({ page }) {
    await page.goto(`${BASE}/compliance?treaty=CFE_FLANK_1996&on=1999-07-01&party=RUS`);
    await page.waitForSelector("[data-findings]");
    await page.setInputFiles("input[type=file]", { name: "holdings.csv", mimeType: "text/csv", buffer: Buffer.from("not,a,table\n1,2\n") });
    await page.waitForSelector("#holdings-wrong [role=alert]");
    await page.setInputFiles("input[type=file]", { name: "large.csv", mimeType: "text/csv", buffer: Buffer.alloc(1_000_000, "x") });
    await page.waitForSelector("#holdings-wrong:has-text('at most')");
    await page.setInputFiles("input[type=file]", { name: "holdings.csv", mimeType: "text/csv", buffer: Buffer.from(GOOD) });
    await page.waitForSelector(".v-yes, .v-no");
    await addressHas(page, "flank_1996,battle_tanks");
  },

  async "cast a veto: one press, and it is said who could turn it"({ page, keep }) {
    await page.goto(`${BASE}/council?body=UNSC&on=2022-02-25`);
    await page.waitForSelector("[data-outcome=adopted]");
    await page.click("[data-member=RUS]");
    await page.waitForSelector("[data-outcome=rejected]");
    assert.match(await page.textContent(".outcome"), /veto/);
    assert.equal(await page.getAttribute("[data-flips]", "data-flips"), "RUS");
    await addressHas(page, "votes=RUS=no");
    await taken(page, "section[aria-label=Outcome] >> text=As JSON", keep, "decision.json");
    await page.click("text=Show power");
    await page.waitForSelector("section[aria-label=Power] .bar");
    await addressHas(page, "power=yes");
    await page.reload();
    await page.waitForSelector("[data-outcome=rejected]");
    await page.waitForSelector("section[aria-label=Power] .bar");
  },

  async "bargaining goes turn by turn, and its picture is taken away"({ page, keep }) {
    await page.goto(`${BASE}/bargaining`);
    await page.waitForSelector(".chart path", { state: "attached" });
    await page.waitForSelector("summary:has-text('The table behind it')");
    const said = await page.textContent(".outcome");
    await page.fill("input[aria-label='Bland, capability']", "800");
    await page.keyboard.press("Tab");
    await page.waitForFunction((before) => document.querySelector(".outcome")?.textContent !== before, said);
    await taken(page, "section[aria-label=Bargaining] >> text=As SVG", keep, "bargaining.svg");
  },

  async "design: a search ends with packages or with what forbids them"({ page }) {
    await page.goto(`${BASE}/design?case=five-lands`);
    await page.click("text=Search");
    await page.waitForSelector(".outcome", SLOW);
    assert.match(await page.textContent("section[aria-label=Packages]"), /17 packages meet every demand/);
  },
};
