// Layers of the map by day, kept once fetched: what has been seen is there at once the next time.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get, type Day, type Layer } from "./api";
import { geographyOf, type Geography, type Outlines } from "./geography";
import { lastTurn, textOf } from "./days";

const MOST = 900;
const AT_ONCE = 3;
const kept = new Map<string, Layer>();
const geographies = new Map<string, Geography>();

function keep<T>(store: Map<string, T>, key: string, value: T): void {
  store.set(key, value);
  if (store.size > MOST) store.delete(store.keys().next().value!);
}

export interface Shown {
  layer: Layer | null;
  exact: boolean;
  problem: unknown;
}

/**
 * The layer of a day. While a new day is fetched, the last one that is at hand is shown and says of which day it is.
 * Between two turning days nothing changes, so that one answer serves them all while the slider moves.
 */
export function useLayer(name: string, day: number, viewpoint: string, turns: readonly number[], moving: boolean): Shown {
  const place = lastTurn(turns, day);
  const turn = moving && place >= 0 ? turns[place]! : day;
  const key = (on: number) => `${name}|${viewpoint}|${on}`;
  const [, redraw] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const shown = useRef<{ of: string; layer: Layer } | null>(null);
  const flying = useRef(new Map<string, AbortController>());
  const fetchDay = (on: number): void => {
    if (kept.has(key(on)) || flying.current.has(key(on))) return;
    const given = new AbortController();
    flying.current.set(key(on), given);
    get<Layer>("map/layer", { layer: name, on: textOf(on), viewpoint }, given.signal).then(
      (layer) => {
        keep(kept, key(on), layer);
        setProblem(null);
        redraw((count) => count + 1);
      },
      (wrong) => !given.signal.aborted && setProblem(wrong),
    ).finally(() => flying.current.delete(key(on)));
  };
  useEffect(() => {
    if (!name) return;
    if (kept.has(key(turn))) setProblem(null);
    else {
      const others = [...flying.current].filter(([one]) => one !== key(turn));
      for (const [, one] of others.slice(0, Math.max(0, others.length - AT_ONCE + 1))) one.abort();
      fetchDay(turn);
    }
    if (moving && place >= 0) for (const on of turns.slice(place + 1, place + 4)) if (flying.current.size < AT_ONCE) fetchDay(on);
  }, [name, turn, viewpoint, moving]);
  useEffect(() => () => flying.current.forEach((one) => one.abort()), []);
  const of = `${name}|${viewpoint}`;
  const now = kept.get(key(turn));
  if (now) shown.current = { of, layer: now };
  const former = shown.current?.of === of ? shown.current.layer : null;
  return { layer: now ?? former, exact: Boolean(now), problem };
}

/** Where the states of a day are drawn; while the slider moves, that of the last day on which states came or went. */
export function useGeography(drawn: Outlines | null, day: number, viewpoint: string, epochs: readonly number[], moving: boolean): Geography | null {
  const place = lastTurn(epochs, day);
  const turn = moving && place >= 0 ? epochs[place]! : day;
  const key = `${viewpoint}|${turn}`;
  const [, redraw] = useState(0);
  const last = useRef<Geography | null>(null);
  useEffect(() => {
    if (!drawn || geographies.has(key)) return;
    const given = new AbortController();
    get<Day>("day", { on: textOf(turn), viewpoint }, given.signal).then((found) => {
      keep(geographies, key, geographyOf(drawn, found));
      redraw((count) => count + 1);
    }, () => undefined);
    return () => given.abort();
  }, [drawn, key]);
  const found = geographies.get(key);
  if (found) last.current = found;
  return found ?? last.current;
}

/** Days on which states of the record begin or end, so far as they are dated to the day. */
export function useEpochs(states: { from?: string | null; to?: string | null }[], first: number): number[] {
  return useMemo(() => {
    const found = new Set<number>([first]);
    for (const state of states) {
      for (const text of [state.from, state.to]) {
        const day = text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000) : NaN;
        if (day > first) found.add(day);
      }
    }
    return [...found].sort((a, b) => a - b);
  }, [states, first]);
}
