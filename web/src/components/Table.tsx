// The table behind a figure: sortable by keyboard, and to take away as CSV.
import { useMemo, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { save } from "../api";
import { withViewpoint } from "./Viewed";

export type Cell = string | number | boolean | null | undefined;
export interface Column<R> {
  head: string;
  value: (row: R) => Cell;
  show?: (row: R) => ComponentChildren;
  number?: boolean;
  long?: boolean; // sentences: wide enough to be read on a narrow screen
}
const MORE = 60;

export function figure(value: Cell): string {
  if (value === null || value === undefined) return "not known";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return value;
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return Math.abs(value) >= 1e5 || (Math.abs(value) < 1e-3 && value !== 0) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

export function csvOf<R>(columns: Column<R>[], rows: readonly R[]): string {
  const cell = (value: Cell) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map((one) => one.head), ...rows.map((row) => columns.map((one) => one.value(row)))];
  return lines.map((line) => line.map(cell).join(",")).join("\n") + "\n";
}

export function Table<R>(props: {
  caption: string; columns: Column<R>[]; rows: readonly R[]; name?: string; note?: string; plain?: boolean; all?: boolean;
}) {
  const [sort, setSort] = useState<[number, boolean] | null>(null);
  const [most, setMost] = useState(MORE);
  const { columns, rows } = props;
  const sorted = useMemo(() => {
    if (!sort) return rows;
    const [place, down] = sort;
    const value = columns[place]!.value;
    const order = (a: Cell, b: Cell) => {
      if (a === b) return 0;
      if (a === null || a === undefined) return 1;
      if (b === null || b === undefined) return -1;
      const found = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
      return down ? -found : found;
    };
    return [...rows].sort((a, b) => order(value(a), value(b)));
  }, [rows, columns, sort]);
  const shown = props.all ? sorted : sorted.slice(0, most);
  const turn = (place: number) => setSort(sort && sort[0] === place ? (sort[1] ? null : [place, true]) : [place, false]);
  const take = (button: Element) => {
    const note = withViewpoint(props.note ? [props.note] : [], button).join(" ").replaceAll("\n", " ");
    save(new Blob([note && `# ${note}\n`, csvOf(columns, sorted)], { type: "text/csv" }), `${props.name}.csv`);
  };
  return (
    <div class="table">
      <div class="scroll" tabIndex={0} role="region" aria-label={props.caption}>
        <table>
          <caption>{props.caption}</caption>
          <thead>
            <tr>
              {columns.map((one, place) => {
                const on = sort?.[0] === place;
                return (
                  <th scope="col" key={one.head} class={one.number ? "number" : ""} aria-sort={on ? (sort![1] ? "descending" : "ascending") : undefined}>
                    {props.plain ? one.head : (
                      <button type="button" class="head" onClick={() => turn(place)}>
                        {one.head}<span aria-hidden="true">{on ? (sort![1] ? " ↓" : " ↑") : ""}</span>
                      </button>
                    )}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, place) => (
              <tr key={place}>
                {columns.map((one, at) => {
                  const inside = one.show ? one.show(row) : figure(one.value(row));
                  const kind = one.number ? "number" : one.long ? "long" : "";
                  return at === 0 ? <th scope="row" class={kind} key={one.head}>{inside}</th> : <td class={kind} key={one.head}>{inside}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="under">
        {shown.length < rows.length && (
          <button type="button" onClick={() => setMost(rows.length)}>Show all {rows.length} rows</button>
        )}
        {props.name && (
          <button type="button" onClick={(event) => take(event.currentTarget)}>
            Take the table away (CSV)
          </button>
        )}
      </p>
    </div>
  );
}

/** A table folded away behind its figure. */
export function Behind<R>(props: { caption: string; columns: Column<R>[]; rows: readonly R[]; name: string; note?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="behind" open={open} onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>The table behind it ({props.rows.length} rows)</summary>
      {open && <Table {...props} />}
    </details>
  );
}
