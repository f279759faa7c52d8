// Holdings as text and as rows, and the place that a mistake in a case names.
import type { Refused } from "../api";

/** Rows of a CSV text; null where it cannot be shown as rows that all have the columns of its heading. */
export function rowsOf(text: string): string[][] | null {
  const rows: string[][] = [];
  let [row, cell, quoted, place]: [string[], string, boolean, number] = [[], "", false, 0];
  const end = () => {
    row.push(cell);
    cell = "";
  };
  for (; place < text.length; place += 1) {
    const letter = text[place]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[place + 1] === '"') {
        cell += '"';
        place += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === ",") end();
    else if (letter === "\n") {
      end();
      rows.push(row);
      row = [];
    } else if (letter !== "\r") cell += letter;
  }
  if (quoted) return null;
  if (cell !== "" || row.length) {
    end();
    rows.push(row);
  }
  const filled = rows.filter((one) => one.some((each) => each.trim() !== ""));
  return filled.length && filled.every((one) => one.length === filled[0]!.length) ? filled : null;
}

export function textOfRows(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

export interface Place {
  file: "holdings" | "facts" | "";
  fact: string; // name of a fact, where one is meant
  row: number; // of a table or file, the heading of a file being row 1; 0 where none is meant
  field: string; // column
}

/** Where in a case a mistake lies: `holdings.csv, row 2, field low` or `facts, field reductions, row 1, field state`. */
export function placeOf(problem: Refused): Place {
  const where = problem.told.where ?? "";
  const row = Number(/row (\d+)/.exec(where)?.[1] ?? 0);
  const fields = [...where.matchAll(/field (\w+)/g)].map((one) => one[1]!);
  if (/^holdings\.csv/.test(where)) return { file: "holdings", fact: "", row, field: fields[0] ?? "" };
  if (/^(facts|exercise)/.test(where)) return { file: "facts", fact: fields[0] ?? "", row, field: fields[1] ?? "" };
  if (/^case, field facts/.test(where)) return { file: "facts", fact: fields[1] ?? "", row, field: fields[2] ?? "" };
  return { file: "", fact: "", row: 0, field: "" };
}
