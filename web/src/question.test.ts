import { Refused } from "./api";
import { describe, expect, it } from "vitest";
import { amountOf, amountText, changeOf, edited, namesIn, questionOf, settingsOf, settingsText, withField, withNames } from "./change";
import { placeOf, rowsOf, textOfRows } from "./components/case_text";
import { typedOf, valueOf } from "./components/CaseFacts";
import { keyOf, matching } from "./components/names";
import { refusal } from "./components/NumberField";
import { asKind, fieldsOf, told } from "./components/step_words";
import { read, write } from "./written_address";

describe("the address", () => {
  it("holds every choice and gives it back", () => {
    const choices = { layer: "change:nordic-accession:commitment/defence", on: "2024-06-01", set: "deterrence.gamma=2;distance.decay=linear" };
    const [path, search] = write("map", choices).split("?");
    expect(read(path!, `?${search}`)).toEqual({ page: "map", choices });
  });
  it("puts what is long behind the #, and finds it there", () => {
    const choices = { on: "2024-06-01", data: "x".repeat(1501), short: "y".repeat(1500), holdings: "a,b\n&c=d#e%".repeat(500) };
    const at = new URL(write("change", choices), "http://here");
    expect(at.search).not.toContain("data=");
    expect(at.search).toContain("short=");
    expect(read(at.pathname, at.search, at.hash)).toEqual({ page: "change", choices });
  });
  it("leaves out what is empty, and begins with the map", () => {
    expect(write("council", { votes: "", on: "2022-02-25" })).toBe("/council?on=2022-02-25");
    expect(read("/", "").page).toBe("map");
  });
});

describe("constants", () => {
  it("keep numbers, words, switches and none apart", () => {
    const settings = { "a.number": 0.5, "a.word": "linear", "a.switch": true, "a.off": false, "a.none": null };
    expect(settingsOf(settingsText(settings))).toEqual(settings);
    expect(settingsOf("")).toEqual({});
  });
});

describe("a change", () => {
  it("is a shipped one by name, or one's own in full", () => {
    expect(changeOf({})).toEqual({ change: "nordic-accession" });
    const own = { name: "x", title: "X", steps: [{ id: "a", do: "accede" }] };
    expect(changeOf({ data: JSON.stringify(own) })).toEqual({ data: own });
    expect(questionOf({ data: JSON.stringify(own) })).not.toHaveProperty("change");
  });
  it("that is broken in the address begins anew, and never breaks the page", () => {
    for (const data of ["{", "[]", "3", '{"steps":3}', '{"steps":[null]}', '{"name":"x","steps":["a"]}']) expect(changeOf({ data })).toHaveProperty("data.steps", []);
  });
  it("that ships and is edited is called otherwise", () => {
    const ships = { name: "a", title: "A" };
    expect(edited({ name: "a", title: "A", steps: [] }, ships)).toEqual({ name: "a-changed", title: "A, changed", steps: [] });
    expect(edited({ name: "a", title: "My own", steps: [] }, ships)).toEqual({ name: "a-changed", title: "My own", steps: [] });
    expect(edited({ name: "own", title: "Own", steps: [] }, null)).toEqual({ name: "own", title: "Own", steps: [] });
  });
  it("has one state or several in one field", () => {
    expect(namesIn({ state: "FIN" }, "who")).toEqual(["FIN"]);
    expect(namesIn({ states: ["FIN", "SWE"] }, "who")).toEqual(["FIN", "SWE"]);
    expect(namesIn({}, "who")).toEqual([]);
    expect(withNames({ state: "FIN" }, "who", ["FIN", "SWE"])).toEqual({ states: ["FIN", "SWE"] });
    expect(withNames({ states: ["FIN", "SWE"] }, "who", ["SWE"])).toEqual({ state: "SWE" });
    expect(withNames({ do: "pledge", from: "FIN" }, "from", [])).toEqual({ do: "pledge" });
    expect(withNames({}, "members", ["FIN"])).toEqual({ members: ["FIN"] });
    expect(withField({ id: "a", role: "member" }, "role", undefined)).toEqual({ id: "a" });
  });
  it("reads numbers as they are typed, and leaves what is none for the server to refuse", () => {
    expect([amountOf("5000"), amountOf(" 5 000 "), amountOf("5,000"), amountOf("1,234,567")]).toEqual([5000, 5000, 5000, 1234567]);
    expect([amountOf("1000 to 2000"), amountOf("1000..2000"), amountOf("1,000 to 2,000")]).toEqual(["1000..2000", "1000..2000", "1000..2000"]);
    expect([amountOf(""), amountOf("many"), amountOf("0"), amountOf("-5")]).toEqual([undefined, "many", 0, -5]);
    expect([amountText("1000..2000"), amountText(0), amountText(undefined)]).toEqual(["1000 to 2000", "0", ""]);
  });
});

const ACCEDE = { do: "accede", needs: ["organization"], may: ["role", "date", "basis"], one_of: [["state", "states"]] };
const OBSERVE = { do: "observe", needs: ["organization"], may: ["date", "basis"], one_of: [["state", "states", "body"]] };

describe("the fields of a step", () => {
  it("stand in the order in which they are read, one for one state or several", () => {
    expect(fieldsOf(ACCEDE, { do: "accede" }, {}, false)).toEqual(["who", "organization", "role", "date", "basis", "id"]);
    expect(fieldsOf(ACCEDE, { do: "accede" }, {}, true)).toEqual(["who", "organization", "role", "basis"]);
    expect(fieldsOf(OBSERVE, { do: "observe", body: "CIS" }, {}, true)).toEqual(["body", "organization", "basis"]);
    expect(fieldsOf(OBSERVE, { do: "observe" }, { 0: "body" }, true)).toEqual(["body", "organization", "basis"]);
    expect(fieldsOf(undefined, { do: "acede" }, {}, false)).toEqual([]);
  });
  it("are kept where another kind of step has them too", () => {
    expect(asKind({ id: "a", do: "accede", state: "FIN", organization: "NATO", role: "member", date: "2023" }, OBSERVE)).toEqual({ id: "a", do: "observe", state: "FIN", organization: "NATO", date: "2023" });
    expect(asKind({ id: "a", do: "observe", state: "FIN", body: "CIS" }, OBSERVE)).toEqual({ id: "a", do: "observe", state: "FIN" });
  });
  it("that are only empty are asked for, and not scolded", () => {
    expect(told("accede needs the key 'organization'", "")).toBe("to be filled in");
    expect(told("accede needs exactly one of state, states and has none", "")).toBe("to be filled in");
    expect(told("no state is called 'X'", "see")).toBe("no state is called 'X'; see");
  });
});

describe("names of the record", () => {
  const names = [
    { key: "FIN", name: "Finland", also: "Suomi; Финляндия" }, { key: "IND", name: "India", also: null }, { key: "TUR", name: "Türkiye", also: "Turkey" },
  ];
  it("are found by key, name or alias in any case, with or without accents", () => {
    expect(["fin", "FINLAND", "финляндия", "turkiye", "Turkey", "x", ""].map((one) => keyOf(names, one))).toEqual(["FIN", "FIN", "FIN", "TUR", "TUR", null, null]);
  });
  it("are offered with the likeliest first, and say by which alias", () => {
    expect(matching(names, "ин", 9).map((one) => one.key)).toEqual(["FIN"]);
    expect(matching(names, "in", 9).map((one) => one.key)).toEqual(["IND", "FIN"]);
    expect(matching(names, "tur", 9)[0]).toMatchObject({ key: "TUR", by: "" });
    expect(matching(names, "suo", 9)[0]).toMatchObject({ key: "FIN", by: "Suomi" });
    expect(matching(names, "", 2)).toHaveLength(2);
  });
});

describe("a number", () => {
  it("is refused past its bounds, on both sides of each", () => {
    const gamma = { least: 0, leastAllowed: false };
    expect([refusal("0", gamma), refusal("0.001", gamma)].map(Boolean)).toEqual([true, false]);
    expect([refusal("0", { least: 0, most: 1 }), refusal("1", { least: 0, most: 1 }), refusal("1.01", { least: 0, most: 1 })].map(Boolean)).toEqual([false, false, true]);
    expect([refusal("-0.1", { least: 0 }), refusal("abc", {}), refusal("", {}), refusal("1e999", {}), refusal("0,5", {})].map(Boolean)).toEqual([true, true, true, true, false]);
    expect(refusal("1.5", { whole: true })).toContain("whole");
  });
});

describe("holdings", () => {
  it("are rows and text, the one and the other", () => {
    const text = 'state,zone\n"a, b",c\n"say ""no""",\n';
    expect(rowsOf(text)).toEqual([["state", "zone"], ["a, b", "c"], ['say "no"', ""]]);
    expect(textOfRows(rowsOf(text)!)).toBe(text);
    expect(rowsOf("a,b\r\n1,2\r\n\r\n")).toEqual([["a", "b"], ["1", "2"]]);
  });
  it("that are no rows stay text", () => {
    for (const text of ["", "\n", "a,b\n1\n", 'a,"b\n', "a,b\n1,2,3"]) expect(rowsOf(text)).toBeNull();
  });
  it("have their mistakes at row and column", () => {
    const at = (where: string) => placeOf(new Refused({ error: "x", where }, 422));
    expect(at("holdings.csv, row 2, field low")).toEqual({ file: "holdings", fact: "", row: 2, field: "low" });
    expect(at("holdings.csv")).toEqual({ file: "holdings", fact: "", row: 0, field: "" });
    expect(at("facts, field reductions, row 1, field state")).toEqual({ file: "facts", fact: "reductions", row: 1, field: "state" });
    expect(at("facts, field site_holding")).toEqual({ file: "facts", fact: "site_holding", row: 0, field: "" });
    expect(at("").file).toBe("");
  });
});

describe("a fact", () => {
  const of = (type: string) => ({ name: "x", type, meaning: "", choices: [] });
  it("is sent as its type, and never as zero where it cannot be read", () => {
    expect([valueOf(of("number"), "3"), valueOf(of("number"), "many"), valueOf(of("number"), "3 to 9"), valueOf(of("number"), " ")]).toEqual([3, "many", "3..9", undefined]);
    expect([valueOf(of("yes or no"), "yes"), valueOf(of("yes or no"), "no"), valueOf(of("day"), "1999-07-01")]).toEqual([true, false, "1999-07-01"]);
    expect([valueOf(of("names"), "A, B"), valueOf(of("names"), "nobody")]).toEqual([["A", "B"], []]);
    expect([typedOf(true), typedOf(false), typedOf([]), typedOf(["A", "B"]), typedOf(0), typedOf(undefined)]).toEqual(["yes", "no", "nobody", "A, B", "0", ""]);
  });
});
