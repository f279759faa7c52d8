// The map: open it, move the day, play it, look closer, take it away.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { addressHas, says, setDay, settled, taken } from "../waits.mjs";

export default {
  async "open: the map stands"({ page }) {
    await page.goto(`${BASE}/`);
    await settled(page);
    assert.ok((await page.$$(".ground path")).length > 200, "outlines are drawn");
    assert.match(await page.textContent(".says"), /United Nations/);
  },

  async "move the day: colours and sentence follow, the address too"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=1999-03-11&state=POL`);
    await settled(page);
    await says(page, /Poland is invited to join NATO/);
    const shade = () => page.$eval("[data-area='616']", (one) => one.getAttribute("fill"));
    const before = await shade();
    await setDay(page, "1999-03-12");
    await says(page, /Poland is a member of NATO since 1999-03-12/);
    assert.notEqual(await shade(), before);
    await addressHas(page, "on=1999-03-12");
    await page.focus("input[type=range]");
    await page.keyboard.press("ArrowLeft");
    await says(page, /Poland is invited to join NATO/);
    await addressHas(page, "on=1999-03-11");
    await page.reload();
    await says(page, /Poland is invited to join NATO/);
  },

  async "the day is played: turning days go by, and Pause holds"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=1950-01-01`);
    await settled(page);
    await page.click("text=Play");
    await page.waitForFunction(() => document.querySelector(".slider input[name=day]").value > "1980");
    await page.click("text=Pause");
    const held = await page.inputValue(".slider input[name=day]");
    await page.waitForTimeout(500);
    assert.equal(await page.inputValue(".slider input[name=day]"), held);
    await page.click("[aria-label='Next turning day']");
    assert.ok((await page.inputValue(".slider input[name=day]")) > held);
  },

  async "a dispute is drawn as one, and a viewpoint is printed on the figure and its files"({ page, keep }) {
    await page.goto(`${BASE}/map?layer=membership:UN&on=2024-06-01`);
    await settled(page);
    assert.ok((await page.$$(".disputes path")).length > 0, "disputed borders are dashed");
    assert.ok((await page.$$(".contested-areas path")).length > 0, "contested states are hatched");
    await says(page, /disputed matters are shown as disputed/i);
    await page.selectOption(".viewpoint select", "CHN");
    await says(page, /As asserted by China/);
    await addressHas(page, "viewpoint=CHN");
    await settled(page);
    const picture = await taken(page, "text=Take the picture away", keep, "map-by-viewpoint.svg");
    assert.match(String(picture.bytes), /As asserted by China/);
    await page.click("summary:has-text('The table behind it')");
    const table = await taken(page, "details.behind[open] >> text=Take the table away", keep, "map-by-viewpoint.csv");
    assert.match(String(table.bytes), /As asserted by China/);
  },

  async "an area in dispute is drawn from day to day, named in a list, and stands by a viewpoint as its state holds"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:NATO&on=2014-02-26`);
    await settled(page);
    assert.equal(await page.$("[data-claim=AREA_CRIMEA]"), null);
    await setDay(page, "2014-03-18");
    await page.waitForSelector("[data-claim=AREA_CRIMEA]", { state: "attached" });
    assert.match(await page.getAttribute("[data-claim=AREA_CRIMEA]", "fill"), /hatch/);
    await page.selectOption(".choice select", "AREA_CRIMEA");
    await says(page, /^Crimea: part of Russia, says Russia .*part of Ukraine, says? Ukraine/);
    await page.selectOption(".viewpoint select", "UKR");
    await page.waitForFunction(() => !/hatch/.test(document.querySelector("[data-claim=AREA_CRIMEA]")?.getAttribute("fill") ?? "hatch"));
    await says(page, /^Crimea, as asserted by Ukraine: part of Ukraine/);
  },

  async "every kind of layer can be chosen, each with its sentence and legend"({ page }) {
    await page.goto(`${BASE}/map?on=2023-06-01`);
    await settled(page);
    for (const [kind, title] of [["treaty", /NPT|Non-Proliferation/], ["pledges", /France/], ["reading", /deterrence/], ["change", /Finland/]]) {
      await page.selectOption("label:has-text('What to show') select", kind);
      await page.waitForFunction((words) => new RegExp(words).test(document.querySelector(".says").textContent) && document.querySelector(".framed").dataset.exact === "true", title.source);
      assert.ok((await page.$$(".legend li")).length > 1, `${kind} has a legend`);
      assert.ok((await page.textContent("#map-says")).length > 20, `${kind} says something`);
    }
  },

  async "a small state can be seen and picked, and the pointer gives the sentence behind a colour"({ page }) {
    await page.goto(`${BASE}/map?layer=membership:UN&on=2024-06-01`);
    await settled(page);
    const dot = page.locator(".dots circle[data-state=NRU]");
    const box = await dot.boundingBox();
    assert.ok(box && box.width >= 5, "Nauru has a dot of its own");
    await dot.hover();
    await says(page, /Nauru is a member of/);
    await dot.click();
    await page.waitForSelector("section[aria-label='About Nauru'] table");
    await addressHas(page, "state=NRU");
    await page.waitForSelector("section[aria-label='About Nauru'] caption:has-text('Claims behind it')");
  },

  async "the table behind the map holds what the map shows, and the picture its legend"({ page, keep }) {
    await page.goto(`${BASE}/map?layer=treaty:NPT_1968&on=2024-06-01`);
    await settled(page);
    const picture = await taken(page, "text=Take the picture away", keep, "map.svg");
    assert.match(picture.name, /^map-treaty-NPT_1968-2024-06-01\.svg$/);
    assert.match(String(picture.bytes), /disputed matters are shown as disputed/i);
    await page.click("summary:has-text('The table behind it')");
    await page.waitForFunction(() => document.querySelectorAll("details.behind[open] tbody tr").length >= 60);
    const table = await taken(page, "details.behind[open] >> text=Take the table away", keep, "map.csv");
    const rows = Number(/\((\d+) rows\)/.exec(await page.textContent("summary:has-text('The table behind it')"))[1]);
    assert.equal(String(table.bytes).trim().split("\n").length, rows + 2, "a note, a heading, and every row");
  },
};
