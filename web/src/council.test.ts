import { describe, expect, it } from "vitest";
import { Refused } from "./api";
import { factMeant } from "./components/CaseFacts";
import { cycleOf, factsOf, membersOf, sorted, votesOf, votesText, type Procedure } from "./council";

const facts = [
  { name: "concerned", type: "names", meaning: "", choices: [] }, { name: "violation", type: "yes or no", meaning: "", choices: [] },
  { name: "deadline", type: "day", meaning: "", choices: [] },
];
const procedure: Procedure = { name: "a", title: "A", rule: "", basis: "", votes: ["no", "abstain", "yes"], facts, confidence: "high", without: null };
const body = { key: "X", name: "X", procedures: [procedure], members: { sure: [{ key: "CHE", name: "Switzerland" }, { key: "CHN", name: "China" }], unsure: [{ key: "ARE", name: "Emirates", why: "two sources" }] } };

describe("votes", () => {
  it("go into the address and come back, in one order", () => {
    expect(votesText({ RUS: "no", CHN: "abstain" })).toBe("CHN=abstain;RUS=no");
    expect(votesOf("CHN=abstain;RUS=no")).toEqual({ CHN: "abstain", RUS: "no" });
    expect(votesOf("")).toEqual({});
  });
  it("count only of those who have a seat, and only where the procedure knows them", () => {
    const members = membersOf(body);
    expect(members.map((one) => one.name)).toEqual(["China", "Emirates", "Switzerland"]);
    expect(members[1]!.why).toBe("two sources");
    expect(sorted({ CHN: "no", CHE: "unknown", RUS: "no", ARE: "breaks_silence" }, members, procedure)).toEqual([{ CHN: "no", CHE: "unknown" }, ["RUS", "ARE"]]);
  });
  it("turn from most for to most against with one press", () => {
    expect(cycleOf(procedure)).toEqual(["yes", "no", "abstain", "unknown"]);
    expect(cycleOf(undefined)).toEqual([]);
  });
});

describe("facts of a vote", () => {
  it("are read from new links and from old ones, and never break the page", () => {
    expect(factsOf('{"concerned":["RUS"],"else":1}', facts)).toEqual({ concerned: ["RUS"] });
    expect(factsOf("concerned=RUS,BLR;violation=yes;deadline=", facts)).toEqual({ concerned: ["RUS", "BLR"], violation: true });
    expect(factsOf("concerned=nobody", facts)).toEqual({ concerned: [] });
    expect(factsOf('{"conc', facts)).toEqual({});
  });
  it("that are wanting are asked for at their field", () => {
    const of = (error: string, where: string, fix = "") => factMeant(new Refused({ error, where, do: fix }, 400), facts);
    expect(of("a decision without the members concerned", "case", "add facts: {concerned: [...]}")).toBe("concerned");
    expect(of("'x' is not a day", "case, field facts, field deadline")).toBe("deadline");
    expect(of("no state is called 'Narnia' in the record", "case, field facts")).toBe("concerned");
    expect(of("something else", "case")).toBe("");
  });
});
