// What the address holds of a council's vote, and what of it counts on the day.
import type { Row } from "./api";
import type { Fact } from "./components/CaseFacts";
import { valueOf } from "./components/CaseFacts";

export interface Procedure {
  name: string;
  title: string;
  rule: string;
  basis: string;
  votes: string[];
  facts: Fact[];
  confidence: string;
  without: string | null;
}
export interface Member {
  key: string;
  name: string;
  why?: string;
}
export interface Body {
  key: string;
  name: string;
  members: { sure: Member[]; unsure: Member[] } | null;
  procedures: Procedure[];
}

/** Votes as the address has them: `RUS=no;CHN=abstain`. */
export function votesOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(";").filter((one) => one.includes("=")).map((one) => one.split("=") as [string, string]));
}

export function votesText(votes: Record<string, string>): string {
  return Object.entries(votes).sort(([a], [b]) => (a < b ? -1 : 1)).map(([who, vote]) => `${who}=${vote}`).join(";");
}

/** Facts as the address has them: JSON, or in older links `name=value;name=value`. */
export function factsOf(text: string, known: readonly Fact[]): Row {
  let given: Row = {};
  if (text.startsWith("{")) {
    try {
      given = JSON.parse(text) as Row;
    } catch {
      return {}; // an address cut short
    }
  } else {
    for (const [name, value] of Object.entries(votesOf(text))) {
      const fact = known.find((one) => one.name === name);
      if (fact) given[name] = valueOf(fact, value);
    }
  }
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && known.some((one) => one.name === name)));
}

/** All members of a day by name, those of whom it is not known marked so. */
export function membersOf(body: Body | undefined): Member[] {
  const all = [...(body?.members?.sure ?? []), ...(body?.members?.unsure ?? []).map((one) => ({ ...one, why: one.why ?? "not known" }))];
  return all.sort((a, b) => a.name.localeCompare(b.name));
}

/** The votes that count under a procedure, and those that do not: of states without a seat, or no vote of this procedure. */
export function sorted(votes: Record<string, string>, members: readonly Member[], procedure: Procedure | undefined): [Record<string, string>, string[]] {
  const [cast, left]: [Record<string, string>, string[]] = [{}, []];
  for (const [who, vote] of Object.entries(votes)) {
    if (members.some((one) => one.key === who) && (vote === "unknown" || procedure?.votes.includes(vote))) cast[who] = vote;
    else left.push(who);
  }
  return [cast, left];
}

/** One press leads from most for to most against, then through the votes between them. */
export function cycleOf(procedure: Procedure | undefined): string[] {
  return procedure ? [...new Set([procedure.votes.at(-1)!, procedure.votes[0]!, ...procedure.votes, "unknown"])] : [];
}
