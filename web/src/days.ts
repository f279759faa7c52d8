// Days as numbers from 1970-01-01, so that a slider can count them.
const LENGTH = 86_400_000;
export const FIRST = numberOf("1945-01-01");

export function numberOf(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / LENGTH);
}

export function textOf(day: number): string {
  return new Date(day * LENGTH).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && textOf(numberOf(text)) === text;
}

/** The place of the last of `turns` (ascending) that is not after `day`; -1 before the first. */
export function lastTurn(turns: readonly number[], day: number): number {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (turns[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Earliest and latest day (excluded) that a date of the record may mean: `1991`, `1991-05`, `1986/1987`, `1991~`. */
export function bounds(text: string): [number, number] | null {
  const ends = text.replace(/[~?%]/g, "").split("/");
  const first = part(ends[0]!);
  const last = part(ends[ends.length - 1]!);
  return first && last ? [first[0], last[1]] : null;
}

function part(text: string): [number, number] | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text.trim());
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
  const at = (y: number, m: number, d: number) => Math.round(Date.UTC(y, m, d) / LENGTH);
  if (day) return [at(year, month - 1, day), at(year, month - 1, day + 1)];
  if (month) return [at(year, month - 1, 1), at(year, month, 1)];
  return [at(year, 0, 1), at(year + 1, 0, 1)];
}
