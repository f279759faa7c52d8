// A case of bargaining as it is written on the page, as the address holds it, and as the server is asked.
import type { Choices } from "./written_address";

export interface Actor {
  actor: string;
  position: string;
  salience: string;
  capability: string;
  weight: string;
  veto: string; // "yes" or empty
  position2: string;
  salience2: string;
}
export type Column = keyof Actor;
const ORDER: Column[] = ["actor", "position", "salience", "capability", "weight", "veto", "position2", "salience2"];
export const RULES: Record<string, string> = {
  majority: "a majority of the actors", unanimity: "all of them", at_least: "a number of them, and vetoes", weights: "weights with a quota, and vetoes",
  body: "the rule of a body on a day", none: "no rule: only where bargaining ends",
};

export function actorOf(cells: readonly string[]): Actor {
  return Object.fromEntries(ORDER.map((name, place) => [name, String(cells[place] ?? (name === "weight" ? "1" : ""))])) as unknown as Actor;
}

const EXAMPLE = [
  ["Aland", "70 to 90", "60", "100", "3", "", "30", "20"], ["Bland", "20", "50", "80", "2", "", "80", "45"], ["Cland", "50", "30", "40", "1", "", "60", "30"],
  ["Dland", "85", "20", "30", "1", "", "90", "60"], ["Eland", "40", "40", "20 to 40", "1", "", "0 to 30", "40"],
].map(actorOf);

export function actorsOf(choices: Choices): Actor[] {
  try {
    const found: unknown = JSON.parse(choices.actors || "null");
    if (Array.isArray(found) && found.every(Array.isArray)) return (found as string[][]).map(actorOf);
  } catch {
    // an address cut short: the example stands
  }
  return EXAMPLE;
}

export function actorsText(actors: readonly Actor[]): string {
  return JSON.stringify(actors.map((one) => ORDER.map((name) => one[name])));
}

/** A figure as it is typed: a number, or `20 to 40` for an interval; what is neither goes as it is, to be refused. */
export function figureOf(text: string): number | number[] | string {
  const parts = text.split(/\s*(?:\bto\b|\.\.)\s*/).map((one) => one.trim().replace(",", "."));
  const numbers = parts.map(Number);
  if (parts.some((one) => one === "") || numbers.some(Number.isNaN) || numbers.length > 2) return text;
  return numbers.length === 2 ? numbers : numbers[0]!;
}

function ruleOf(choices: Choices, actors: readonly Actor[]): Record<string, unknown> {
  const rule = choices.rule || "majority";
  const veto = actors.filter((one) => one.veto === "yes").map((one) => one.actor);
  const vetoes = veto.length ? { veto } : {};
  if (rule === "at_least") return { rule: { at_least: figureOf(choices.needs || String(Math.floor(actors.length / 2) + 1)), ...vetoes } };
  if (rule === "weights") return { rule: { weights: Object.fromEntries(actors.map((one) => [one.actor, figureOf(one.weight)])), quota: figureOf(choices.quota || "5"), ...vetoes } };
  if (rule === "body") return { body: choices.body || "UNSC", on: choices.on || "2024-06-01", ...(choices.procedure ? { procedure: choices.procedure } : {}) };
  return rule === "none" ? {} : { rule };
}

export function dimensionsOf(choices: Choices): string[] {
  return choices.second ? [choices.first || "position", choices.second] : [choices.first || "position"];
}

/** The case as the server reads it, and what is asked beside it. */
export function caseOf(choices: Choices, settings: Record<string, unknown>): Record<string, unknown> {
  const actors = actorsOf(choices);
  const two = Boolean(choices.second);
  const now = [choices.now ?? "", ...(two ? [choices.now2 ?? ""] : [])];
  return {
    schema: "bargain-case/1", name: choices.question || "What the mission may do", dimensions: dimensionsOf(choices), scale: [0, 100], ...ruleOf(choices, actors),
    actors: actors.map((one) => ({
      actor: one.actor, position: [figureOf(one.position), ...(two ? [figureOf(one.position2)] : [])],
      salience: [figureOf(one.salience), ...(two ? [figureOf(one.salience2)] : [])], capability: figureOf(one.capability),
    })),
    ...(now.some(Boolean) ? { status_quo: now.map((one) => figureOf(one)) } : {}),
    ...(Object.keys(settings).length ? { settings } : {}),
    ...(Number(choices.draws) > 0 ? { draws: Number(choices.draws), seed: Number(choices.seed || 0) } : {}),
  };
}

/** Row (from 1) and column in which a mistake of the server lies; 0 and empty where it names none. */
export function cellMeant(where: string, first: string): [number, Column | ""] {
  const found = /actors, row (\d+)(?: \([^)]*\))?(?:, (\w+))?(?:, (.+))?/.exec(where);
  if (!found) return [0, ""];
  const column = found[2] ?? "actor";
  const second = found[3] !== undefined && found[3] !== first;
  return [Number(found[1]), (column === "position" || column === "salience" ? `${column}${second ? "2" : ""}` : column) as Column];
}
