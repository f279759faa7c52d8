// The map: outlines are laid out once, and a new day only recolours what has changed.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { fillOf } from "../colours";
import { outlines, VIEWS, type Geography, type Outlines } from "../geography";
import { disputedOn } from "../disputed_areas";
import { drawnShape } from "../geography";
import { Patterns } from "./Patterns";
import { OUTLINES } from "./picture";

export interface Shade {
  kind: string;
  sentence: string;
}

export function useOutlines(): Outlines | null {
  const [drawn, setDrawn] = useState<Outlines | null>(null);
  useEffect(() => void outlines().then(setDrawn), []);
  return drawn;
}

export function WorldMap(props: {
  drawn: Outlines; geography: Geography; shades: Map<string, Shade>; picked: string; view: string; label: string;
  onPick: (state: string) => void; says: string; day: string;
}) {
  const { drawn, geography, shades, picked } = props;
  const svg = useRef<SVGSVGElement>(null);
  const painted = useRef(new Map<string, string>());
  const [pointed, setPointed] = useState<{ state: string; area: string } | null>(null);
  const [cursor, setCursor] = useState("");
  const [claim, setClaim] = useState("");
  const claimed = useMemo(() => disputedOn(props.day), [props.day]);
  const [x, y, width, height] = VIEWS[props.view]?.[1] ?? VIEWS[""]![1];
  const scale = width / 1000;

  // Only attributes that differ from what is painted are touched: no new layout, whatever the day.
  useEffect(() => {
    for (const place of svg.current!.querySelectorAll<SVGElement>("[data-area],[data-state]")) {
      const id = place.dataset.state ?? place.dataset.area!;
      const owners = place.dataset.state ? [place.dataset.state] : geography.owner.get(id) ?? [];
      const kinds = new Set(owners.map((one) => shades.get(one)?.kind ?? ""));
      const kind = kinds.size === 1 ? [...kinds][0]! : kinds.size ? "unsure" : "";
      const contested = owners.map((one) => geography.contested.get(one)?.shown).find(Boolean) ?? "";
      const look = `${kind}|${contested}`;
      if (painted.current.get(`${place.tagName}${id}`) === look) continue;
      painted.current.set(`${place.tagName}${id}`, look);
      place.setAttribute("fill", fillOf(kind));
      place.setAttribute("class", contested || (place.dataset.area?.startsWith("~") && !owners.length) ? "contested" : "");
    }
  }, [shades, geography, drawn]);

  const sentenceOf = (state: string) => {
    const note = geography.contested.get(state);
    const said = shades.get(state)?.sentence ?? `${geography.names.get(state) ?? state}: the layer says nothing of it.`;
    return note ? `${said} Statehood ${note.shown}. ${note.note}` : said;
  };
  const told = useMemo(() => {
    if (pointed?.state) return sentenceOf(pointed.state);
    if (pointed?.area) return areaSays(pointed.area, drawn, geography, sentenceOf);
    return cursor ? sentenceOf(cursor) : picked ? sentenceOf(picked) : "";
  }, [pointed, cursor, picked, shades, geography]);

  const statesOf = (target: EventTarget | null) => {
    const data = (target as SVGElement | null)?.dataset;
    return { state: data?.state ?? "", area: data?.area ?? "" };
  };
  const pick = (target: EventTarget | null) => {
    const { state, area } = statesOf(target);
    const key = state || geography.owner.get(area)?.[0] || "";
    if (key) {
      setCursor(key);
      props.onPick(key);
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(geography, cursor || picked, event.key);
    if (next) setCursor(next);
    else if (event.key === "Enter" && cursor) props.onPick(cursor);
    else return;
    event.preventDefault();
  };
  const here = cursor || picked;
  const ring = here && geography.dots.some((dot) => dot.key === here) ? geography.places.get(here) : undefined;
  return (
    <figure class="map">
      <svg ref={svg} viewBox={`${x} ${y} ${width} ${height}`} role="application" aria-roledescription="map" tabindex={0}
        aria-label={`${props.label}. Arrow keys or first letters move from state to state, Enter picks one.`} aria-describedby="map-says"
        onKeyDown={keys} onPointerMove={(event) => {
          const at = statesOf(event.target);
          setPointed(at.state || at.area ? at : null);
          setClaim(event.target instanceof SVGElement ? event.target.dataset.says ?? "" : "");
        }}
        onPointerLeave={() => { setPointed(null); setClaim(""); }} onClick={(event) => pick(event.target)}>
        <Patterns />
        <Ground drawn={drawn} />
        <g class="contested-areas">
          {[...geography.contested.keys()].flatMap((state) => geography.areas.get(state) ?? []).map((id) => (
            <path key={id} d={drawn.areas.find((one) => one.id === id)?.path} fill="url(#hatch-contested)" />
          ))}
        </g>
        <g class="disputed-areas">
          {claimed.map((one) => <path key={one.says} d={drawnShape(one.shape)} fill="url(#hatch-contested)" data-says={one.says} />)}
        </g>
        <g class="disputes" fill="none">
          {geography.disputed.map((line) => (
            <path key={line.path} d={line.path} class={line.denied ? "denied" : ""}><title>{line.says}</title></path>
          ))}
        </g>
        <g class="dots">
          {geography.dots.map((dot) => <circle key={dot.key} data-state={dot.key} cx={dot.x} cy={dot.y} r={3.6 * Math.max(scale, 0.28)} />)}
        </g>
        {here && (geography.areas.get(here) ?? []).map((id) => (
          <path key={id} class="ring" d={drawn.areas.find((one) => one.id === id)?.path} />
        ))}
        {ring && <circle class="ring" cx={ring[0]} cy={ring[1]} r={6 * Math.max(scale, 0.3)} />}
      </svg>
      <figcaption id="map-says" aria-live="polite">{claim || told || props.says}</figcaption>
      {claimed.length > 0 && (
        <details class="quiet">
          <summary>Areas that more than one state calls its own ({claimed.length})</summary>
          <ul>{claimed.map((one) => <li key={one.says}>{one.says}</li>)}</ul>
        </details>
      )}
      <p class="quiet outlines">{OUTLINES}</p>
    </figure>
  );
}

function areaSays(area: string, drawn: Outlines, geography: Geography, of: (state: string) => string): string {
  const owners = geography.owner.get(area) ?? [];
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
