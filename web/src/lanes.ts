// Turns of a life as lines to draw: the beginning and the end of one claim belong together, acts stand alone.
export interface Turn {
  date: string;
  turn: string;
  what: string;
  subject: string;
  object: string | null;
  value: string | null;
  claim: string;
}
export interface Mark {
  from: string | null;
  to: string | null;
  act: boolean;
}
export interface Lane {
  key: string;
  label: string;
  says: string;
  marks: Mark[];
}

export function lanesOf(rows: readonly Turn[], about: string, name: (key: string) => string): Lane[] {
  const lanes = new Map<string, { label: string; marks: Map<string, Mark & { value: string | null }>; first: string }>();
  for (const row of rows) {
    const other = row.subject === about ? row.object : row.subject;
    const acts = row.turn === "on";
    const what = row.what.replaceAll("_", " ");
    const held = row.value === "none" ? `no ${what}` : row.value?.replaceAll("_", " ") ?? what;
    const label = !other ? what : acts ? name(other) : `${name(other)}, ${row.what === "role" ? held : what}`;
    const key = `${row.what}|${other ?? ""}|${acts ? "" : row.value ?? ""}`;
    const lane = lanes.get(key) ?? { label, marks: new Map(), first: row.date };
    lanes.set(key, lane);
    const mark = lane.marks.get(row.claim) ?? { from: null, to: null, act: acts, value: row.value };
    if (row.turn === "until") mark.to = row.date;
    else mark.from = row.date;
    lane.marks.set(row.claim, mark);
  }
  const found = [...lanes].map(([key, lane]) => ({ key, label: lane.label, marks: [...lane.marks.values()], first: lane.first }));
  found.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.label.localeCompare(b.label)));
  return found.map((lane) => ({ key: lane.key, label: lane.label, says: `${lane.label}: ${lane.marks.map(said).join("; ")}.`, marks: lane.marks }));
}

function said(mark: Mark & { value: string | null }): string {
  if (mark.act) return `${(mark.value ?? "an act").replaceAll("_", " ")} on ${mark.from}`;
  return `${mark.from ? `from ${mark.from}` : "from a day that is not told"}${mark.to ? ` until ${mark.to}` : ", no end is known"}`;
}
