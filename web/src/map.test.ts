// What a pointer means on the map, and which areas are in dispute on a day.
import { describe, expect, it } from "vitest";
import type { Schemas } from "./api";
import { claimedOf, type Claimed } from "./disputed_areas";
import { nearest, within } from "./components/WorldMap";
import type { Outlines } from "./geography";

const dots = [{ key: "AAA", x: 10, y: 10, size: 0 }, { key: "BBB", x: 14, y: 10, size: 0 }];
const area = (key: string): Claimed => ({ key, name: key, also: [], disputed: true, of: null, says: `${key}.` });
const drawn = { places: new Map([["ROCK", { path: "", areas: [], at: [10, 16] as [number, number], size: 0 }]]) } as unknown as Outlines;

describe("nearest", () => {
  it("takes the dot whose middle is nearest, though another lies on top", () => {
    expect(nearest({ x: 11.9, y: 10 }, 6, dots, [], drawn)?.state).toBe("AAA");
    expect(nearest({ x: 12.1, y: 10 }, 6, dots, [], drawn)?.state).toBe("BBB");
  });
  it("takes nothing out of reach, and what lies at its very end", () => {
    expect(nearest({ x: 10, y: 4 }, 6, dots, [], drawn)?.state).toBe("AAA");
    expect(nearest({ x: 10, y: 3.9 }, 6, dots, [], drawn)).toBeNull();
  });
  it("takes an area as small as a dot", () => {
    expect(nearest({ x: 10, y: 15 }, 6, dots, [area("ROCK")], drawn)).toEqual({ state: "", area: "", claim: "ROCK" });
  });
});

describe("within", () => {
  it("names all whose dots are near, the nearest first", () => {
    expect(within({ x: 13, y: 10 }, 3, dots)).toEqual(["BBB", "AAA"]);
    expect(within({ x: 13, y: 10 }, 2.9, dots)).toEqual(["BBB"]);
  });
});

describe("claimedOf", () => {
  const span = (from: string, to: string | null, disputed: boolean) => ({ from, to, disputed, shown: "disputed", of: disputed ? null : "AAA", sentence: `${from}.` });
  const one = { key: "HILL", name: "Hill", also: [], spans: [span("1950-01-01", "1960-01-01", false), span("1960-01-01", null, true)] } as unknown as Schemas["DisputedArea"];
  it("shows an area as it stands on the day, and leaves out what has no span", () => {
    expect(claimedOf([one], [0])).toMatchObject([{ key: "HILL", disputed: false, of: "AAA" }]);
    expect(claimedOf([one], [1])).toMatchObject([{ disputed: true, of: null, says: "1960-01-01." }]);
    expect(claimedOf([one], [-1])).toEqual([]);
  });
});
