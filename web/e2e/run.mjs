// Walks through the page as a new user would. The server is another process: `indivisible serve`.
// node e2e/run.mjs [--into FOLDER] [--measure] [--no-steps] [words of a step]
// INDIVISIBLE_PAGE names the server, CHROMIUM the browser. With --into the result and what was taken away stay there;
// --measure also tells the first paint and the frames a second, which nothing here judges.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BASE, launched, opened } from "./browser.mjs";
import { firstPaint, slider } from "./measured.mjs";
import { STEPS } from "./steps.mjs";

const LANES = 2; // steps at a time: a page mostly waits
const { values, positionals } = parseArgs({ allowPositionals: true, options: { into: { type: "string" }, measure: { type: "boolean" }, "no-steps": { type: "boolean" } } });
const word = positionals.join(" ");
const result = { base: BASE, measured: {}, kept: {}, steps: {} };
const browser = await launched();

async function taken(name, step) {
  const began = Date.now();
  const watched = [];
  const windows = [];
  const open = async (chosen, list) => {
    const one = await opened(browser, chosen);
    windows.push(one);
    list?.push(one);
    return one;
  };
  const keep = (key, value) => (result.kept[key] = value);
  keep.folder = values.into ?? "";
  let problem = "";
  try {
    const { page } = await open({}, watched);
    await step({ page, keep, fresh: async (chosen) => (await open(chosen, watched)).page, unwatched: (chosen) => open(chosen) });
    for (const { seen } of watched) {
      assert.deepEqual(seen.elsewhere, [], "requests that leave this machine");
      assert.deepEqual(seen.complaints, [], "complaints of the browser");
    }
  } catch (error) {
    const said = watched.flatMap(({ seen }) => seen.complaints).slice(0, 3).map((one) => `the browser says: ${one}`);
    problem = [...String(error.stack ?? error).split("\n").slice(0, 14), ...said].join("\n      ");
    if (values.into) await watched[0]?.page.screenshot({ path: join(values.into, `${name.replace(/[^a-z]+/gi, "-").slice(0, 60)}.png`) }).catch(() => undefined);
  }
  for (const { context } of windows) await context.close();
  const seconds = (Date.now() - began) / 1000;
  result.steps[name] = { ok: !problem, seconds, problem };
  console.log(`${problem ? "WRONG" : "ok   "} ${name} (${seconds.toFixed(1)} s)${problem ? `\n      ${problem}` : ""}`);
}

if (values.into) mkdirSync(values.into, { recursive: true });
for (const measure of values.measure ? [firstPaint, slider] : []) {
  const { page, context } = await opened(browser);
  Object.assign(result.measured, await measure(page));
  await context.close();
}
const waiting = Object.entries(STEPS).filter(([name]) => !values["no-steps"] && name.includes(word));
await Promise.all(Array.from({ length: LANES }, async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await taken(...next);
}));
await browser.close();
if (values.into) writeFileSync(join(values.into, "result.json"), JSON.stringify(result, null, 1));
if (values.measure) console.log(JSON.stringify(result.measured));
const wrong = Object.values(result.steps).filter((one) => !one.ok).length;
console.log(wrong ? `${wrong} went wrong at ${BASE}` : `all went well at ${BASE}`);
process.exit(wrong ? 1 : 0);
