import { describe, expect, it } from "vitest";
import { actorOf, actorsOf, actorsText, caseOf, cellMeant, figureOf } from "./bargain";

const rows = JSON.stringify([["A", "70 to 90", "60", "100"], ["B", "20", "50", "80", "2", "yes", "10", "20"]]);

describe("a case of bargaining", () => {
  it("goes into the address and comes back; older links are read too", () => {
    const actors = actorsOf({ actors: rows });
    expect(actors[0]).toMatchObject({ actor: "A", position: "70 to 90", weight: "1", veto: "" });
    expect(actorsOf({ actors: actorsText(actors) })).toEqual(actors);
    expect(actorsOf({ actors: "[[" }).length).toBe(5);
    expect(actorOf([]).actor).toBe("");
  });
  it("reads figures and intervals, and leaves what is neither to be refused", () => {
    expect([figureOf("35.5"), figureOf("20 to 40"), figureOf("20..40"), figureOf("35,5")]).toEqual([35.5, [20, 40], [20, 40], 35.5]);
    expect([figureOf("tomorrow"), figureOf(""), figureOf("1 to 2 to 3")]).toEqual(["tomorrow", "", "1 to 2 to 3"]);
  });
  it("is decided by every rule that the server knows", () => {
    const of = (more: Record<string, string>) => caseOf({ actors: rows, ...more }, {});
    expect(of({}).rule).toBe("majority");
    expect(of({ rule: "unanimity" }).rule).toBe("unanimity");
    expect(of({ rule: "at_least", needs: "2" }).rule).toEqual({ at_least: 2, veto: ["B"] });
    expect(of({ rule: "weights", quota: "3" }).rule).toEqual({ weights: { A: 1, B: 2 }, quota: 3, veto: ["B"] });
    expect(of({ rule: "body", body: "CSTO", on: "2022-02-25" })).toMatchObject({ body: "CSTO", on: "2022-02-25" });
    expect(of({ rule: "none" })).not.toHaveProperty("rule");
  });
  it("is of one question or two, with a status quo and draws only where they are asked for", () => {
    expect(caseOf({ actors: rows }, {})).not.toHaveProperty("status_quo");
    expect(caseOf({ actors: rows, now: "0" }, {}).status_quo).toEqual([0]);
    const two = caseOf({ actors: rows, second: "length", draws: "5" }, { takes: "drawn" }) as { actors: { position: unknown[] }[] };
    expect(two).toMatchObject({ dimensions: ["position", "length"], draws: 5, seed: 0, settings: { takes: "drawn" } });
    expect(two.actors[1]!.position).toEqual([20, 10]);
  });
  it("has each mistake in its cell", () => {
    expect(cellMeant("case, actors, row 2 (B), position, m", "m")).toEqual([2, "position"]);
    expect(cellMeant("case, actors, row 2 (B), position, n", "m")).toEqual([2, "position2"]);
    expect(cellMeant("case, actors, row 1 (A), salience", "m")).toEqual([1, "salience"]);
    expect(cellMeant("case, actors, row 2", "m")).toEqual([2, "actor"]);
    expect(cellMeant("case, rule", "m")).toEqual([0, ""]);
  });
});
