// What a step waits for before it looks, and how it moves by keyboard.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const SLOW = { timeout: 120_000 };
/** The map shows the day that is asked for, and nothing is on its way. */
export const settled = (page) => page.waitForFunction(() => document.querySelector(".framed")?.dataset.exact === "true" && document.querySelector(".ground path[fill]"));
export const answered = (page) => page.waitForSelector(".verdicts[data-done=yes] .headline", SLOW);
export const says = (page, words) => page.waitForFunction(([source, flags]) => new RegExp(source, flags).test(document.querySelector("#map-says")?.textContent ?? ""), [words.source, words.flags]);
export async function setDay(page, day) {
  await page.fill(".slider input[name=day]", day);
  await page.press(".slider input[name=day]", "Enter");
}
export const addressHas = (page, text) => page.waitForFunction((part) => decodeURIComponent(location.search).includes(part), text);
export const countsOf = (page) => page.$$eval("[data-count]", (all) => Object.fromEntries(all.map((one) => [one.dataset.count, Number(one.textContent)])));

/** Presses Tab until what is in focus passes the test; a real key each time, as a user without a mouse does. */
export async function tabTo(page, test, given, { most = 160, key = "Tab" } = {}) {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate(`(${test})(document.activeElement, ${JSON.stringify(given ?? null)})`)) return;
  }
  assert.fail(`${most} presses of ${key} do not lead to ${test} (${JSON.stringify(given ?? null)})`);
}
/** Whether the control in focus is called so, by its label or by its own words. */
export const worded = (one, words) => [one.getAttribute("aria-label"), one.labels?.[0]?.textContent, one.textContent].some((said) => said?.trim().startsWith(words));

/** Takes a file away by pressing what holds these words; gives its name, and its text where it is one. */
export async function taken(page, press, keep, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(press)]);
  const path = keep.folder ? `${keep.folder}/${name}` : await file.path();
  if (keep.folder) await file.saveAs(path);
  return { name: file.suggestedFilename(), bytes: readFileSync(path) };
}
