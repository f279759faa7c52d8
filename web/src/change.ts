// A change as it is written on the page, and as the address holds it.
import type { Choices } from "./written_address";

export type Step = Record<string, unknown>;
export interface Written {
  name: string;
  title: string;
  steps: Step[];
  [more: string]: unknown;
}
export const PLURAL = new Set(["states", "members"]);
export const NESTED = new Set(["effects", "pledges", "rule"]);

export function changeOf(choices: Choices): { change: string } | { data: Written } {
  if (choices.data) {
    try {
      return { data: JSON.parse(choices.data) as Written };
    } catch {
      return { data: { name: "own-change", title: "My change", steps: [] } };
    }
  }
  return { change: choices.change || "nordic-accession" };
}

/** The value of a field as it was typed: lists by commas, nested things as JSON, empty for nothing. */
export function valueOf(field: string, text: string): unknown {
  const plain = text.trim();
  if (!plain) return undefined;
  if (PLURAL.has(field)) return plain.split(",").map((one) => one.trim()).filter(Boolean);
  if (/^[[{]/.test(plain)) {
    try {
      return JSON.parse(plain);
    } catch {
      return plain;
    }
  }
  if (field === "host" && plain.includes(",")) return plain.split(",").map((one) => one.trim()).filter(Boolean);
  return plain;
}

export function typed(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A step with a field set, or without it where it is empty. */
export function withField(step: Step, field: string, value: unknown): Step {
  const next = { ...step };
  if (value === undefined) delete next[field];
  else next[field] = value;
  return next;
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

/** The whole question to the server, from what the address holds. */
export function questionOf(choices: Choices): Record<string, unknown> {
  const number = (name: string, otherwise: number) => (choices[name] ? Number(choices[name]) : otherwise);
  return {
    ...changeOf(choices), on: choices.day ?? "", models: choices.models ? choices.models.split(",") : null,
    settings: settingsOf(choices.set ?? ""), power: choices.power || "beckley_2018",
    hostility: choices.hostility || "conflicts", materiality: number("materiality", 0.01), draws: number("draws", 0),
    seed: number("seed", 0), attribute: choices.shares === "yes",
  };
}
