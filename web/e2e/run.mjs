// Walks through the page as a new user would. The server is another process: `indivisible serve`.
// node e2e/run.mjs [words of a step]; INDIVISIBLE_PAGE names the server, CHROMIUM the browser.
import assert from "node:assert/strict";
import { BASE, opened } from "./browser.mjs";
import { STEPS } from "./steps.mjs";

const word = process.argv.slice(2).join(" ");
let failed = 0;
for (const [name, step] of Object.entries(STEPS)) {
  if (word && !name.includes(word)) continue;
  const began = Date.now();
  const browsers = [await opened()];
  const fresh = async () => {
    browsers.push(await opened());
    return browsers.at(-1).page;
  };
  try {
    await step({ page: browsers[0].page, fresh });
    for (const { seen } of browsers) {
      assert.deepEqual(seen.elsewhere, [], "requests that leave this machine");
      assert.deepEqual(seen.complaints, [], "complaints of the browser");
    }
    console.log(`ok    ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (problem) {
    failed += 1;
    console.log(`WRONG ${name}\n      ${String(problem.stack ?? problem).split("\n").slice(0, 14).join("\n      ")}`);
    for (const { seen } of browsers) if (seen.complaints.length) console.log(`      the browser says: ${seen.complaints.slice(0, 3).join(" | ")}`);
  } finally {
    for (const one of browsers) await one.close();
  }
}
console.log(failed ? `${failed} went wrong at ${BASE}` : `all went well at ${BASE}`);
process.exit(failed ? 1 : 0);
