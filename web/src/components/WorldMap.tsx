// The map: outlines are laid out once, and a new day only recolours what has changed.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { fillOf } from "../colours";
import { numberOf } from "../days";
import { useClaimed, type Claimed } from "../disputed_areas";
import { outlines, VIEWS, type Dot, type Geography, type Outlines } from "../geography";
import { Patterns } from "./Patterns";
import { OUTLINES } from "./picture";

export interface Shade {
  kind: string;
  sentence: string;
}

const APART = "map-"; // the map's own patterns, scaled to the screen
const BIG = 30; // square pixels from which an area can be seen and picked by itself
const NEAR = { mouse: 6, touch: 16 }; // pixels around a dot within which it is meant
const MOST_NEAR = 8;
const mapFill = (kind: string) => fillOf(kind).replace("url(#", `url(#${APART}`);
const HATCH = `url(#${APART}hatch-contested)`;

export function useOutlines(): Outlines | null {
  const [drawn, setDrawn] = useState<Outlines | null>(null);
  useEffect(() => void outlines().then(setDrawn), []);
  return drawn;
}

/** How many units of the drawing a pixel of the screen is. */
function useUnit(svg: { current: SVGSVGElement | null }, view: string): number {
  const [unit, setUnit] = useState(1);
  useEffect(() => {
    const measure = () => {
      const scale = svg.current?.getScreenCTM()?.a;
      if (scale) setUnit((last) => (Math.abs(last * scale - 1) < 0.02 ? last : 1 / scale));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(svg.current!);
    return () => watch.disconnect();
  }, [view]);
  return unit;
}

interface Pointed {
  state: string;
  area: string;
  claim: string;
}
const NOWHERE: Pointed = { state: "", area: "", claim: "" };

export function WorldMap(props: {
  drawn: Outlines; geography: Geography; shades: Map<string, Shade>; picked: string; view: string; label: string;
  onPick: (state: string) => void; says: string; day: string; viewpoint?: string;
}) {
  const { drawn, geography, shades, picked } = props;
  const svg = useRef<SVGSVGElement>(null);
  const painted = useRef(new Map<string, string>());
  const [pointed, setPointed] = useState<Pointed>(NOWHERE);
  const [cursor, setCursor] = useState("");
  const [claim, setClaim] = useState("");
  const [near, setNear] = useState<string[]>([]);
  const claimed = useClaimed(numberOf(props.day), props.viewpoint ?? "");
  const unit = useUnit(svg, props.view);
  const [x, y, width, height] = VIEWS[props.view]?.[1] ?? VIEWS[""]![1];
  const inside = ([px, py]: [number, number]) => px >= x && px <= x + width && py >= y && py <= y + height;
  const dots = useMemo(() => geography.dots.filter((dot) => dot.size < Math.max(BIG * unit * unit * 0.4, (26 * width * width) / 1e6)), [geography, unit, width]);
  const shown = useMemo(() => claimed.filter((one) => one.disputed), [claimed]);
  const small = useMemo(() => shown.filter((one) => (drawn.places.get(one.key)?.size ?? 0) < BIG * unit * unit), [shown, drawn, unit]);
  const held = useMemo(() => heldOf(claimed, drawn), [claimed, drawn]);
  const ownersOf = (area: string) => geography.owner.get(area) ?? held.get(area) ?? [];

  // Only attributes that differ from what is painted are touched: no new layout, whatever the day.
  useEffect(() => {
    for (const place of svg.current!.querySelectorAll<SVGElement>("[data-area],[data-state]")) {
      const id = place.dataset.state ?? place.dataset.area!;
      const owners = place.dataset.state ? [place.dataset.state] : ownersOf(id);
      const kinds = new Set(owners.map((one) => shades.get(one)?.kind ?? ""));
      const kind = kinds.size === 1 ? [...kinds][0]! : kinds.size ? "unsure" : "";
      const contested = owners.map((one) => geography.contested.get(one)?.shown).find(Boolean) ?? "";
      const look = `${kind}|${contested}`;
      if (painted.current.get(`${place.tagName}${id}`) === look) continue;
      painted.current.set(`${place.tagName}${id}`, look);
      place.setAttribute("fill", mapFill(kind));
      place.setAttribute("class", contested || (place.dataset.area?.startsWith("~") && !owners.length) ? "contested" : "");
    }
  }, [shades, geography, drawn, dots, held]);

  const sentenceOf = (state: string) => {
    const note = geography.contested.get(state);
    const nothing = geography.outside.includes(state) ? "not on the lists of states that the record follows on this day" : "the layer says nothing of it";
    const said = shades.get(state)?.sentence ?? `${geography.names.get(state) ?? state}: ${nothing}.`;
    return note ? `${said} Statehood ${note.shown === "denied" ? "denied by the viewpoint" : note.shown}. ${note.note}` : said;
  };
  const claimSays = (key: string) => shown.find((one) => one.key === key)?.says ?? "";
  const told = useMemo(() => {
    if (pointed.claim) return claimSays(pointed.claim);
    if (pointed.state) return sentenceOf(pointed.state);
    if (pointed.area) return areaSays(pointed.area, drawn, ownersOf(pointed.area), sentenceOf);
    if (claim && claimSays(claim)) return claimSays(claim);
    return cursor ? sentenceOf(cursor) : picked ? sentenceOf(picked) : "";
  }, [pointed, cursor, picked, claim, shades, geography, shown, held]);

  const spotOf = (event: MouseEvent) => {
    const matrix = svg.current?.getScreenCTM();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()) : null;
  };
  /** What is meant by a pointer: the nearest dot within reach, else what lies under it. */
  const meant = (event: PointerEvent | MouseEvent): Pointed => {
    const data = (event.target as SVGElement | null)?.dataset;
    const under = { state: data?.state ?? "", area: data?.area ?? "", claim: data?.claim ?? "" };
    const at = spotOf(event);
    if (!at) return under;
    const reach = ("pointerType" in event && event.pointerType === "touch" ? NEAR.touch : NEAR.mouse) * unit;
    return nearest(at, reach, dots, small, drawn) ?? under;
  };
  const pick = (event: MouseEvent) => {
    const at = meant(event);
    const spot = spotOf(event);
    const beside = spot ? within(spot, NEAR.touch * unit, dots) : [];
    setNear(beside.length > 1 ? beside.slice(0, MOST_NEAR) : []);
    if (at.claim) return setClaim(at.claim);
    const key = at.state || ownersOf(at.area)[0] || "";
    if (key) pickState(key);
  };
  const pickState = (key: string) => {
    setPointed(NOWHERE);
    setClaim("");
    setCursor(key);
    props.onPick(key);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(geography, cursor || picked, event.key);
    if (next) {
      setPointed(NOWHERE);
      setClaim("");
      setCursor(next);
    } else if (event.key === "Enter" && cursor) props.onPick(cursor);
    else return;
    event.preventDefault();
  };
  const here = cursor || picked;
  const ring = here && dots.some((dot) => dot.key === here) ? geography.places.get(here) : undefined;
  const hatched = [...geography.contested].filter(([, one]) => !one.seated || one.shown === "denied").map(([key]) => key);
  const fillOfClaim = (one: Claimed) => (one.of ? mapFill(shades.get(one.of)?.kind ?? "") : HATCH);
  return (
    <figure class="map">
      <svg ref={svg} viewBox={`${x} ${y} ${width} ${height}`} role="application" aria-roledescription="map" tabindex={0}
        aria-label={`${props.label}. Arrow keys or first letters move from state to state, Enter picks one.`} aria-describedby="map-says"
        onKeyDown={keys} onPointerMove={(event) => setPointed(meant(event))} onPointerLeave={() => setPointed(NOWHERE)} onClick={pick}>
        <Patterns />
        <Patterns apart={APART} scale={unit} />
        <Ground drawn={drawn} />
        <g class="contested-areas">
          {hatched.flatMap((state) => geography.areas.get(state) ?? []).map((id) => (
            <path key={id} d={drawn.areas.find((one) => one.id === id)?.path} fill={HATCH} />
          ))}
        </g>
        <g class="disputed-areas">
          {shown.map((one) => {
            const place = drawn.places.get(one.key);
            if (!place?.path || (hatched.includes(one.key) && geography.areas.get(one.key)?.length && !one.of)) return null;
            return <path key={one.key} d={place.path} data-claim={one.key} fill={fillOfClaim(one)} class={one.key === claim ? "told" : ""} />;
          })}
        </g>
        <g class="disputes" fill="none">
          {geography.disputed.map((line) => (
            <path key={line.path} d={line.path} class={line.denied ? "denied" : ""}><title>{line.says}</title></path>
          ))}
        </g>
        <g class="dots">
          {dots.map((dot) => <circle key={dot.key} data-state={dot.key} cx={dot.x} cy={dot.y} r={3.2 * unit} />)}
          {small.map((one) => {
            const place = drawn.places.get(one.key);
            return place && !dots.some((dot) => dot.key === one.key) && inside(place.at) && (
              <circle key={one.key} data-claim={one.key} class="claim" cx={place.at[0]} cy={place.at[1]} r={3.4 * unit} fill={fillOfClaim(one)} />
            );
          })}
        </g>
        {here && (geography.areas.get(here) ?? []).map((id) => (
          <path key={id} class="ring" d={drawn.areas.find((one) => one.id === id)?.path} />
        ))}
        {ring && <circle class="ring" cx={ring[0]} cy={ring[1]} r={6 * unit} />}
      </svg>
      <figcaption id="map-says" aria-live="polite">{told || props.says}</figcaption>
      {near.length > 0 && (
        <p class="quiet near">Near there: {near.map((key) => <button type="button" class="small" key={key} aria-pressed={key === picked} onClick={() => pickState(key)}>{geography.names.get(key) ?? key}</button>)}</p>
      )}
      <Choice geography={geography} claimed={shown} picked={claim || picked} onState={pickState} onClaim={(key) => { setPointed(NOWHERE); setClaim(key); }} />
      {shown.length > 0 && (
        <details class="quiet claims">
          <summary>Areas that more than one state calls its own, or that call themselves states ({shown.length})</summary>
          <ul>{shown.map((one) => <li key={one.key}>{one.says}{one.also.length ? ` Also called: ${one.also.join("; ")}.` : ""}</li>)}</ul>
        </details>
      )}
      <p class="quiet outlines">{OUTLINES}</p>
    </figure>
  );
}

/** States and areas by name, for whoever cannot point at them. */
function Choice(props: { geography: Geography; claimed: readonly Claimed[]; picked: string; onState: (key: string) => void; onClaim: (key: string) => void }) {
  const { geography, claimed } = props;
  const states = useMemo(() => [...geography.names].sort(([, a], [, b]) => a.localeCompare(b)), [geography]);
  return (
    <label class="quiet choice">State or area
      <select value={props.picked} onChange={(event) => {
        const key = event.currentTarget.value;
        if (claimed.some((one) => one.key === key) && !geography.names.has(key)) props.onClaim(key);
        else if (key) props.onState(key);
      }}>
        <option value="">point at the map, or choose here</option>
        <optgroup label="States">{states.map(([key, name]) => <option key={key} value={key}>{name}</option>)}</optgroup>
        {claimed.length > 0 && <optgroup label="Areas in dispute">{claimed.filter((one) => !geography.names.has(one.key)).map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}</optgroup>}
      </select>
    </label>
  );
}

/** Outlines without an owner of their own that on the day nobody disputes: whose they are said to be. */
function heldOf(claimed: readonly Claimed[], drawn: Outlines): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const one of claimed) {
    if (!one.of || one.disputed) continue;
    for (const id of drawn.places.get(one.key)?.areas ?? []) found.set(id, [one.of]);
  }
  return found;
}

/** The state or area whose dot is nearest to a point, within reach. */
export function nearest(at: { x: number; y: number }, reach: number, dots: readonly Dot[], small: readonly Claimed[], drawn: Outlines): Pointed | null {
  let best: Pointed | null = null;
  let least = reach;
  const offer = (px: number, py: number, found: Pointed) => {
    const far = Math.hypot(px - at.x, py - at.y);
    if (far <= least) [best, least] = [found, far];
  };
  for (const one of small) {
    const place = drawn.places.get(one.key);
    if (place) offer(place.at[0], place.at[1], { ...NOWHERE, claim: one.key });
  }
  for (const dot of dots) offer(dot.x, dot.y, { ...NOWHERE, state: dot.key });
  return best;
}

/** The states whose dots lie within reach of a point, the nearest first. */
export function within(at: { x: number; y: number }, reach: number, dots: readonly Dot[]): string[] {
  const far = (dot: Dot) => Math.hypot(dot.x - at.x, dot.y - at.y);
  return dots.filter((dot) => far(dot) <= reach).sort((a, b) => far(a) - far(b)).map((dot) => dot.key);
}

function areaSays(area: string, drawn: Outlines, owners: readonly string[], of: (state: string) => string): string {
  if (owners.length) return owners.map(of).join(" ");
  const name = drawn.areas.find((one) => one.id === area)?.name ?? area;
  return `${name}: an outline of Natural Earth for which the record has no state on this day.`;
}

/** The outlines themselves: never drawn anew while the page is open. */
function Ground(props: { drawn: Outlines }) {
  return useMemo(() => (
    <g class="ground">
      {props.drawn.areas.map((one) => <path key={one.id} d={one.path} data-area={one.id} />)}
    </g>
  ), [props.drawn]);
}

/** The state to which a key leads: the nearest in an arrow's direction, or the next that begins with a letter. */
export function moved(geography: Geography, from: string, key: string): string {
  const keys = [...geography.places.keys()].sort((a, b) => (geography.names.get(a) ?? a).localeCompare(geography.names.get(b) ?? b));
  if (key === "Home") return keys[0] ?? "";
  if (key === "End") return keys.at(-1) ?? "";
  if (key.length === 1 && /\p{L}/u.test(key)) {
    const starting = keys.filter((one) => (geography.names.get(one) ?? one).toLowerCase().startsWith(key.toLowerCase()));
    return starting[(starting.indexOf(from) + 1) % Math.max(1, starting.length)] ?? "";
  }
  const way = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as Record<string, [number, number]>)[key];
  if (!way) return "";
  const start = geography.places.get(from);
  if (!start) return keys[0] ?? "";
  let best = "";
  let least = Infinity;
  for (const [state, place] of geography.places) {
    const [dx, dy] = [place[0] - start[0], place[1] - start[1]];
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (state === from || along <= 0.01) continue;
    const cost = along + 2.2 * aside;
    if (cost < least) [best, least] = [state, cost];
  }
  return best;
}
