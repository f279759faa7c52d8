// The day that is shown: follows the hand at once, and the address a little later.
import { useEffect, useMemo, useState } from "preact/hooks";
import { once } from "./api";
import { FIRST, isDay, numberOf, textOf } from "./days";
import { useWhere } from "./where";

interface Days {
  to: string;
  days: { day: string; begins: number; ends: number }[];
}
export const FALLBACK = "2024-06-01";

/** The days on which something turns; about one state, organisation or treaty where one is given. */
export function useTurns(about: string): { turns: number[]; last: number } {
  const [found, setFound] = useState<{ about: string; answer: Days } | null>(null);
  useEffect(() => {
    let here = true;
    once<Days>("days", { about }).then((answer) => here && setFound({ about, answer }), () => undefined);
    return () => void (here = false);
  }, [about]);
  return useMemo(() => {
    const days = found?.answer.days ?? [];
    return { turns: days.map((one) => numberOf(one.day)), last: found ? numberOf(found.answer.to) : numberOf("2026-01-01") };
  }, [found]);
}

export function useDay(last: number): [number, (day: number) => void] {
  const [where, choose] = useWhere();
  const given = where.choices.on ?? "";
  const day = isDay(given) ? numberOf(given) : numberOf(FALLBACK);
  return [Math.max(FIRST, Math.min(last, day)), (next) => choose({ on: textOf(next) })];
}

/** The value, once it has rested. */
export function useRested<T>(value: T, pause: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return rested;
}
