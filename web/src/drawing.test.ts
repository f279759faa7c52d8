import { describe, expect, it } from "vitest";
import { csvOf, figure } from "./components/Table";
import { ticksOf } from "./components/LineChart";
import { lanesOf } from "./lanes";

describe("a table", () => {
  it("never shows what is not known as zero", () => {
    expect(figure(null)).toBe("not known");
    expect(figure(0)).toBe("0");
    expect(figure(-0.0149358)).toBe("-0.01494");
  });
  it("goes away as CSV with quotes where they are needed", () => {
    expect(csvOf([{ head: "a", value: (row: { a: string | null }) => row.a }], [{ a: 'x,"y"' }, { a: null }])).toBe('a\n"x,""y"""\n\n');
  });
});

describe("a chart", () => {
  it("has round numbers that hold all values", () => {
    expect(ticksOf(0, 0.385)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(ticksOf(0, 0).at(0)).toBe(0);
    const ticks = ticksOf(-3.2, 171);
    expect(ticks[0]).toBeLessThanOrEqual(-3.2);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(171);
  });
});

describe("a timeline", () => {
  const turn = (date: string, turn: string, what: string, claim: string, value: string | null = "member") => ({ date, turn, what, subject: "ATL", object: "PACT", value, claim });
  it("puts the beginning and the end of one claim together, and acts apart", () => {
    const lanes = lanesOf([turn("1950-01-01", "from", "role", "a:1"), turn("1955", "until", "role", "a:1"), turn("1949-05-01", "on", "act", "a:2", "signed")], "ATL", (key) => key.toLowerCase());
    expect(lanes.map((one) => one.label)).toEqual(["pact", "pact, member"]);
    expect(lanes[1]!.marks).toMatchObject([{ from: "1950-01-01", to: "1955", act: false }]);
    expect(lanes[1]!.says).toBe("pact, member: from 1950-01-01 until 1955.");
  });
  it("says where no end is known", () => {
    expect(lanesOf([turn("1950-01-01", "from", "role", "a:1")], "ATL", (key) => key)[0]!.says).toContain("no end is known");
  });
});
