// Which colour a class has. Light and dark differ enough to be told apart without colour, and what is disputed or not
// known is hatched or dotted, never plain. No colour stands for a side.
export const PAPER = "#f4f2ec";
const PLAIN: Record<string, string> = {
  member: "#2d6a93", other: "#a9cbe0", not_member: "#dedbd2", not_listed: PAPER,
  party: "#2d6a93", provisional: "#5d92b3", ratified: "#8db5ce", signed: "#b9d3e2", adopted: "#d3e2ea", left: "#a58f7c", none: "#dedbd2",
  self: "#33383d", defence: "#2d6a93", offence: "#8d4b78", neutrality: "#d0a22f", nonaggression: "#5fa287",
  consultation: "#bdd3b4",
  "1": "#f3e3b3", "2": "#c3d3a5", "3": "#83b69d", "4": "#458a92", "5": "#24587a", unopposed: "#122c45",
  gains: "#2b7bb0", loses: "#cf7320", unchanged: "#c9c6bc", not_seen: PAPER,
  yes: "#2b7bb0", no: "#cf7320", not_applicable: "#c9c6bc",
};
const HATCHED: Record<string, string> = {
  disputed: "url(#hatch-disputed)", suspended: "url(#hatch-suspended)", unsure: "url(#dots-unknown)",
  unknown: "url(#dots-unknown)",
};

export function fillOf(kind: string): string {
  return HATCHED[kind] ?? PLAIN[kind] ?? PAPER;
}

export const KIND_LINES: Record<string, string> = {
  defence: "#2d6a93", offence: "#8d4b78", neutrality: "#a37a12", nonaggression: "#3f8067", consultation: "#6b8a5b",
  membership: "#77716a",
};

/** Lines of a chart, told apart by dashes as well. */
export const LINES = ["#24587a", "#cf7320", "#5fa287", "#8d4b78", "#8a6d10", "#5b6770", "#2b7bb0", "#a8443c"];
export const DASHES = ["", "6 3", "2 2", "8 3 2 3", "1 3", "10 4", "4 1", "3 5"];
