// What the map shows on a day. Members and treaties come as one life each, so that a moving slider asks nobody; other
// layers are asked for where the slider rests, and kept.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get, once, type Day, type Layer, type Schemas } from "./api";
import { geographyOf, type Geography, type Outlines } from "./geography";
import { lastTurn, numberOf, textOf } from "./days";

const MOST = 400;
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

interface Life<T> {
  from: number;
  to: number;
  what: T;
}

function lives<S extends { from: string; to: string | null }>(spans: readonly S[]): Life<S>[] {
  return spans.map((one) => ({ from: numberOf(one.from), to: one.to ? numberOf(one.to) : Infinity, what: one }));
}

function onDay<T>(spans: readonly Life<T>[], day: number): T | undefined {
  return spans.find((one) => one.from <= day && day < one.to)?.what;
}

type Span = Schemas["Spans"]["states"][number]["spans"][number];
interface Whole {
  answer: Schemas["Spans"];
  states: { state: string; name: string; spans: Life<Span>[] }[];
}

/** A layer from its whole life: the same classes and sentences as the server gives for the day. */
function fromLife(whole: Whole, day: number): Layer {
  const { answer } = whole;
  const states = [];
  const counts = new Map<string, number>();
  for (const one of whole.states) {
    const span = onDay(one.spans, day);
    if (!span) continue;
    counts.set(span.class, (counts.get(span.class) ?? 0) + 1);
    states.push({ state: one.state, name: one.name, class: span.class, value: null, sentence: span.sentence, statehood: null });
  }
  const legend = answer.legend.map((one) => ({ class: one.class, label: one.label, states: counts.get(one.class) ?? 0 }));
  const { layer, title, viewpoint } = answer;
  const sentence = `${title} on ${textOf(day)}.`; // how many stand how is said by the legend until the server has answered
  return { schema: "layer/1", layer, on: textOf(day), viewpoint, title, sentence, legend, states };
}

export function hasLife(name: string): boolean {
  return ["membership:", "treaty:", "pledges:"].some((kind) => name.startsWith(kind));
}

export function useLayer(name: string, day: number, viewpoint: string, moving: boolean): Shown {
  const [whole, setWhole] = useState<{ of: string; whole: Whole } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [, redraw] = useState(0);
  const of = `${name}|${viewpoint}`;
  const key = `${of}|${name.startsWith("change:") ? "" : day}`;
  useEffect(() => {
    let here = true;
    if (hasLife(name)) {
      once<Schemas["Spans"]>("map/spans", { layer: name, viewpoint }).then((answer) => {
        const states = answer.states.map((one) => ({ state: one.state, name: one.name, spans: lives(one.spans) }));
        if (here) setWhole({ of, whole: { answer, states } });
      }, () => undefined); // the day's own question says what is wrong
    }
    return () => void (here = false);
  }, [of]);
  useEffect(() => {
    if (moving) return; // asked where the slider rests: what is passed over costs nothing
    setProblem(null);
    if (kept.has(key)) return;
    const given = new AbortController();
    const on = name.startsWith("change:") ? "" : textOf(day);
    get<Layer>("map/layer", { layer: name, on, viewpoint }, given.signal).then(
      (layer) => {
        keep(kept, key, layer);
        redraw((count) => count + 1);
      },
      (wrong) => !given.signal.aborted && setProblem(wrong),
    );
    return () => given.abort();
  }, [key, moving]);
  const last = useRef<{ of: string; layer: Layer } | null>(null);
  const life = useMemo(() => (whole?.of === of ? fromLife(whole.whole, day) : null), [whole, of, day]);
  const exact = kept.get(key);
  if (exact ?? life) last.current = { of, layer: (exact ?? life)! };
  const former = last.current?.layer ?? null; // with its own title, day and viewpoint, until the new one is there
  return { layer: (moving ? life ?? exact : exact ?? life) ?? former, exact: Boolean(exact ?? life), problem };
}

/** Where the states of a day are drawn; while the slider moves, places are those of the last day on which states came
 * or went, and outlines those of the day itself. */
export function useGeography(drawn: Outlines | null, day: number, viewpoint: string, epochs: readonly number[], moving: boolean): Geography | null {
  const place = lastTurn(epochs, day);
  const turn = moving && place >= 0 ? epochs[place]! : day;
  const key = `${viewpoint}|${turn}`;
  const [, redraw] = useState(0);
  const last = useRef<Geography | null>(null);
  const [areas, setAreas] = useState<{ area: string; spans: Life<{ states: string[] }>[] }[]>([]);
  useEffect(() => {
    once<{ areas: { area: string; spans: { from: string; to: string | null; states: string[] }[] }[] }>("map/areas", { viewpoint: "" }).then(
      (found) => setAreas(found.areas.map((one) => ({ area: one.area, spans: lives(one.spans) }))), () => undefined);
  }, []);
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
  const base = found ?? last.current;
  return useMemo(() => {
    if (!base || !moving || !areas.length) return base;
    const owner = new Map<string, string[]>();
    for (const one of areas) {
      const span = onDay(one.spans, day);
      if (span) owner.set(one.area, span.states);
    }
    for (const [area, states] of base.owner) if (area.startsWith("~")) owner.set(area, states);
    return { ...base, owner };
  }, [base, areas, moving, day]);
}

/** Days on which states of the record begin or end, so far as they are dated to the day. */
export function useEpochs(states: { from?: string | null; to?: string | null }[], first: number): number[] {
  return useMemo(() => {
    const found = new Set<number>([first]);
    for (const state of states) {
      for (const text of [state.from, state.to]) {
        const day = text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? numberOf(text) : NaN;
        if (day > first) found.add(day);
      }
    }
    return [...found].sort((a, b) => a - b);
  }, [states, first]);
}
