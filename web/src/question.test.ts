import { describe, expect, it } from "vitest";
import { changeOf, questionOf, settingsOf, settingsText, typed, valueOf, withField } from "./change";
import { read, write } from "./written_address";

describe("the address", () => {
  it("holds every choice and gives it back", () => {
    const choices = { layer: "change:nordic-accession:commitment/defence", on: "2024-06-01", set: "deterrence.gamma=2;distance.decay=linear" };
    const [path, search] = write("map", choices).split("?");
    expect(read(path!, `?${search}`)).toEqual({ page: "map", choices });
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
  it("reads fields as they are typed", () => {
    expect(valueOf("states", "FIN, SWE,")).toEqual(["FIN", "SWE"]);
    expect(valueOf("state", " FIN ")).toBe("FIN");
    expect(valueOf("state", "  ")).toBeUndefined();
    expect(valueOf("effects", '[{"do":"pledge"}]')).toEqual([{ do: "pledge" }]);
    expect(typed(["FIN", "SWE"])).toBe("FIN, SWE");
    expect(withField({ id: "a", role: "member" }, "role", undefined)).toEqual({ id: "a" });
  });
});
