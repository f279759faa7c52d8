import { describe, expect, it } from "vitest";
import { bounds, isDay, lastTurn, numberOf, textOf } from "./days";

describe("days", () => {
  it("count from 1970 and come back as they went", () => {
    expect(numberOf("1970-01-01")).toBe(0);
    for (const day of ["1945-01-01", "1991-12-26", "2000-02-29", "2026-02-05"]) expect(textOf(numberOf(day))).toBe(day);
  });
  it("are told from what is none", () => {
    expect(isDay("2024-02-29")).toBe(true);
    expect(isDay("2023-02-29")).toBe(false);
    expect(isDay("2024-06")).toBe(false);
  });
  it("find the last turn that is not after them", () => {
    expect(lastTurn([10, 20, 30], 9)).toBe(-1);
    expect(lastTurn([10, 20, 30], 10)).toBe(0);
    expect(lastTurn([10, 20, 30], 29)).toBe(1);
    expect(lastTurn([10, 20, 30], 99)).toBe(2);
  });
  it("that are inexact have an earliest day and a day after the latest", () => {
    expect(bounds("1991-12-26")).toEqual([numberOf("1991-12-26"), numberOf("1991-12-27")]);
    expect(bounds("1991-12")).toEqual([numberOf("1991-12-01"), numberOf("1992-01-01")]);
    expect(bounds("1986/1987")).toEqual([numberOf("1986-01-01"), numberOf("1988-01-01")]);
    expect(bounds("soon")).toBeNull();
  });
});
