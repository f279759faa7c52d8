// Pictures of the workbench for README and docs, of what ships with the program alone: same window, same day, same words.
// node scripts/screenshots.mjs FOLDER; INDIVISIBLE_PAGE names the server, CHROMIUM the browser.
import { join } from "node:path";
import { BASE, launched, opened } from "../e2e/browser.mjs";
import { answered, settled } from "../e2e/waits.mjs";

const seen = (selector) => (page) => page.waitForSelector(selector);
const WIDE = { width: 1280, height: 860 };
/** Name of the picture, address, what to wait for, the window, and what stands at its top (else the page's own top). */
const PICTURES = [
  ["workbench-map", "map?layer=membership:NATO&on=2024-06-01&state=FIN", settled, { width: 1280, height: 900 }],
  ["workbench-change", "change?run=yes", answered, { width: 1280, height: 1400 }, ".verdicts"],
  ["workbench-network", "network?on=2015-06-01", seen(".net circle"), WIDE],
  ["workbench-council", "council?body=UNSC&on=2022-02-25&votes=RUS=no;CHN=abstain;IND=abstain;ARE=abstain", seen("[data-outcome=rejected]"), WIDE],
  ["workbench-compliance", `compliance?treaty=CFE_FLANK_1996&on=1999-07-01&party=RUS&holdings=${encodeURIComponent("state,zone,category,status,basis,low,high,date\nRUS,flank_1996,battle_tanks,total,estimated,1550,1570,1999-07-01\n")}`, seen(".v-no"), WIDE, "section[aria-label=Findings]"],
  ["workbench-phone", "map?layer=change:nordic-accession:deterrence", settled, { width: 390, height: 844, deviceScaleFactor: 2 }],
];

const folder = process.argv[2];
const browser = await launched();
for (const [name, address, ready, window, top] of PICTURES) {
  const { page, context } = await opened(browser, { reducedMotion: "reduce", locale: "en-GB", timezoneId: "UTC", ...window });
  await page.goto(`${BASE}/${address}`);
  await ready(page);
  await page.waitForLoadState("networkidle");
  await page.evaluate((selector) => (selector ? document.querySelector(selector).scrollIntoView() : scrollTo(0, 0)), top ?? "");
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
  await context.close();
}
await browser.close();
