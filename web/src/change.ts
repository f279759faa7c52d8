// A change as it is written on the page, and as the address holds it.
import type { Choices } from "./written_address";

export type Step = Record<string, unknown>;
export interface Written {
  name: string;
  title: string;
  steps: Step[];
  [more: string]: unknown;
}
/** Fields that hold several names, and fields of which one stands for the other: one state, or a list of them. */
export const SEVERAL = new Set(["who", "members", "from", "to", "host", "among"]);
export const AMOUNTS = new Set(["personnel", "at_most", "value"]);

export const nothing = (): Written => ({ name: "own-change", title: "My change", steps: [] });

export function changeOf(choices: Choices): { change: string } | { data: Written } {
  if (choices.data) {
    try {
      const found: unknown = JSON.parse(choices.data);
      if (isWritten(found)) return { data: found };
    } catch {
      // an address cut short: the change begins anew
    }
    return { data: nothing() };
  }
  return { change: choices.change || "nordic-accession" };
}

function isWritten(found: unknown): found is Written {
  const steps = (found as Written | null)?.steps;
  return Array.isArray(steps) && steps.every((one) => typeof one === "object" && one !== null && !Array.isArray(one));
}

/** A shipped change that is edited is another change, and is not called as the one that ships. */
export function edited(next: Written, ships: Pick<Written, "name" | "title"> | null | undefined): Written {
  if (!ships) return next;
  return { ...next, name: `${ships.name}-changed`, title: next.title === ships.title ? `${ships.title}, changed` : next.title };
}

/** The names in a field that holds several; `who` stands for `state` and `states`. */
export function namesIn(step: Step, field: string): string[] {
  const value = field === "who" ? step.states ?? step.state : step[field];
  if (value === undefined || value === null || value === "") return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** A step with the names of a field: one by itself, several as a list, none left out. */
export function withNames(step: Step, field: string, names: readonly string[]): Step {
  const next = { ...step };
  if (field === "who") {
    delete next.state;
    delete next.states;
    return names.length ? { ...next, ...(names.length > 1 ? { states: [...names] } : { state: names[0] }) } : next;
  }
  if (!names.length) delete next[field];
  else next[field] = names.length > 1 || field === "members" || field === "among" ? [...names] : names[0];
  return next;
}

/** A step with a field set, or without it where it is empty. */
export function withField(step: Step, field: string, value: unknown): Step {
  const next = { ...step };
  if (value === undefined || value === "" || (Array.isArray(value) && !value.length)) delete next[field];
  else next[field] = value;
  return next;
}

/** A number as it was typed: `5000`, `5 000` and `5,000` are one number, `1000 to 2000` is an interval. */
export function amountOf(text: string): number | string | undefined {
  const ends = text.trim().split(/\s*(?:\.\.|\bto\b)\s*/).map((one) => (/^\d{1,3}([ ,\u00a0]\d{3})+$/.test(one) ? one.replace(/[ ,\u00a0]/g, "") : one));
  if (ends.join("") === "") return undefined;
  if (ends.length > 1) return ends.join("..");
  const number = Number(ends[0]);
  return Number.isNaN(number) ? ends[0]! : number;
}

export function amountText(value: unknown): string {
  return value === undefined || value === null ? "" : String(value).replace("..", " to ");
}

export type Settings = Record<string, number | string | boolean | null>;

/** Constants as the address has them: `deterrence.gamma=2;distance.scale=1500`. */
export function settingsOf(text: string): Settings {
  const found: Settings = {};
  for (const one of text.split(";")) {
    const [key, value] = [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)];
    if (!key || !one.includes("=")) continue;
    found[key] = value === "true" ? true : value === "false" ? false : value === "none" ? null : value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
  }
  return found;
}

export function settingsText(settings: Settings): string {
  return Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value === null ? "none" : value}`).join(";");
}

function namesOf(text: string | undefined): string[] | null {
  const names = (text ?? "").split(",").filter(Boolean);
  return names.length ? names : null;
}

/** The whole question to the server, from what the address holds. */
export function questionOf(choices: Choices): Record<string, unknown> {
  const number = (name: string, otherwise: number) => (choices[name] && Number.isFinite(Number(choices[name])) ? Number(choices[name]) : otherwise);
  return {
    ...changeOf(choices), on: choices.day ?? "", models: namesOf(choices.models),
    settings: settingsOf(choices.set ?? ""), power: choices.power || "beckley_2018",
    hostility: choices.hostility || "conflicts", materiality: number("materiality", 0.01), draws: number("draws", 0),
    seed: number("seed", 0), attribute: choices.shares === "yes", viewpoint: choices.viewpoint ?? "",
  };
}
