// The words of a step: what its kinds do, what its fields are called, and in which order they are read.
import type { Schemas } from "../api";
import type { Step } from "../change";

export type Kind = Schemas["StepKind"];
export type Known = Schemas["Steps"];

export const DOING: Record<string, string> = {
  accede: "joins an organization", cap: "a figure or forces abroad are limited", denounce: "leaves a treaty", deploy: "sends forces to other states",
  dissolve: "an organization ends", enact: "a text takes effect", found: "an organization is founded", observe: "becomes an observer",
  pledge: "a pledge is made", ratify: "becomes party to a treaty", release: "a pledge ends", remove: "forces leave", set: "a figure changes",
  suspend: "is suspended", withdraw: "leaves an organization",
};
const CALLED: Record<string, string> = {
  who: "Who", body: "Organization that observes", from: "Who promises", to: "To whom", kind: "What is promised", organization: "Organization",
  treaty: "Treaty or text", deployment: "Deployment", host: "In which states", members: "Members", figure: "Which figure", personnel: "How many persons",
  at_most: "At most", value: "New figure", role: "Role", mutual: "both promise it to each other", pledges: "What its members promise",
  rule: "How it decides", effects: "What it changes", date: "Date", basis: "On what basis", id: "Short name of the step",
};
const ORDER = [
  "who", "body", "from", "to", "kind", "organization", "treaty", "deployment", "host", "figure", "members", "personnel", "at_most", "value", "mutual",
  "role", "rule", "pledges", "effects", "date", "basis", "id",
];
/** Fields of which one is given, in words. */
export const GIVEN: Record<string, string> = {
  who: "states", body: "an organization", organization: "in an organization", treaty: "under a treaty", figure: "a figure of the state", host: "forces in other states",
  deployment: "one deployment of the record",
};

export function called(field: string, step: Step): string {
  if (field === "kind" && step.do === "deploy") return "Kind of deployment";
  if (field === "organization" && step.do === "found") return "Name of the new organization";
  if (field === "from" && step.do === "release") return "Who promised";
  return CALLED[field] ?? field.replaceAll("_", " ");
}

/** Choices between fields, with one state and several states as one. */
export function groupsOf(kind: Kind): string[][] {
  return kind.one_of.map((names) => [...new Set(names.map((one) => (one === "state" || one === "states" ? "who" : one)))]);
}

export function has(step: Step, field: string): boolean {
  const there = (name: string) => step[name] !== undefined && step[name] !== "" && step[name] !== null;
  return field === "who" ? there("state") || there("states") : there(field);
}

/** The fields of a step in the order in which they are read; `picked` says which of a group is meant while all are empty. */
export function fieldsOf(kind: Kind | undefined, step: Step, picked: Record<number, string>, inside: boolean): string[] {
  if (!kind) return [];
  const chosen = groupsOf(kind).map((names, at) => names.find((name) => has(step, name)) ?? picked[at] ?? names[0]!);
  const own = inside ? [] : ["id"];
  const found = [...new Set([...kind.needs, ...chosen, ...kind.may.filter((one) => !inside || one !== "date"), ...own])];
  return found.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

/** The same step as another kind, with the fields that both kinds have. */
export function asKind(step: Step, next: Kind): Step {
  const fields = new Set([...next.needs, ...next.may, ...next.one_of.flat(), "id", "date", "basis"]);
  const alike = next.do === "deploy" || step.do === "deploy" ? new Set(["kind"]) : new Set<string>();
  const kept = Object.entries(step).filter(([name]) => fields.has(name) && !alike.has(name));
  const one = new Set<string>();
  const single = kept.filter(([name]) => {
    const group = next.one_of.find((names) => names.includes(name));
    if (!group) return true;
    const first = !one.has(group.join());
    one.add(group.join());
    return first;
  });
  return { ...Object.fromEntries(single), do: next.do };
}

/** What a mistake says at its field: a field that is only empty is asked for, and not scolded. */
export function told(error: string, fix: string): string {
  if (/needs the key|has none$|must be a text, not ''/.test(error)) return "to be filled in";
  return fix ? `${error}; ${fix}` : error;
}
