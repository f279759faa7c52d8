// Areas that more than one state calls its own, or that call themselves states: where they lie. Who says what of each, and
// from which day, is the server's answer; nothing here decides.
import { geoPath, type GeoProjection } from "d3-geo";
import type { MultiPolygon } from "geojson";
import { useEffect, useMemo, useState } from "preact/hooks";
import { once, type Schemas } from "./api";
import { textOf } from "./days";
import drawnAt from "./disputed_outlines.json?url";

/** Those that Natural Earth draws as countries of their own, by number or name. */
const AS_COUNTRIES: Record<string, string[]> = {
  AREA_CHAGOS: ["086"], AREA_FALKLANDS_MALVINAS: ["238"], AREA_NORTHERN_CYPRUS: ["~N. Cyprus"], AREA_SIACHEN: ["~Siachen Glacier"],
  AREA_SOMALILAND: ["~Somaliland"], ESH: ["732"], TWN: ["158"], XKX: ["~Kosovo"],
};
/** Those too small for the outlines: degrees east and north. */
const AS_POINTS: Record<string, [number, number]> = {
  AREA_DOKDO_TAKESHIMA: [131.87, 37.24], AREA_GIBRALTAR: [-5.35, 36.14], AREA_PARACEL: [112, 16.5], AREA_SENKAKU_DIAOYU: [123.5, 25.75],
  AREA_SPRATLY: [114.3, 10.5],
};

export interface Place {
  path: string;
  areas: string[]; // outlines of the map itself that it stands for
  at: [number, number];
  size: number;
}

interface Country {
  id: string;
  path: string;
  size: number;
  at: [number, number];
}

/** Where each area lies on the drawing. */
export async function placesOf(projection: GeoProjection, countries: Map<string, Country>): Promise<Map<string, Place>> {
  const { areas } = (await (await fetch(drawnAt)).json()) as { areas: Record<string, [number, number][][][]> };
  const draw = geoPath(projection).digits(2);
  const found = new Map<string, Place>();
  for (const [key, coordinates] of Object.entries(areas)) {
    const shape: MultiPolygon = { type: "MultiPolygon", coordinates: coordinates.map((rings) => rings.map(clockwise)) };
    found.set(key, { path: draw(shape) ?? "", areas: [], at: draw.centroid(shape) as [number, number], size: draw.area(shape) });
  }
  for (const [key, ids] of Object.entries(AS_COUNTRIES)) {
    const own = ids.map((id) => countries.get(id)).filter((one) => one !== undefined);
    if (own.length) found.set(key, { path: own.map((one) => one.path).join(""), areas: ids, at: own[0]!.at, size: own.reduce((sum, one) => sum + one.size, 0) });
  }
  for (const [key, point] of Object.entries(AS_POINTS)) {
    found.set(key, { path: "", areas: [], at: projection(point)!, size: 0 });
  }
  return found;
}

/** A ring as a drawing on a sphere needs it. */
function clockwise(ring: [number, number][], place: number): [number, number][] {
  const twice = ring.slice(1).reduce((sum, [x, y], n) => sum + (x - ring[n]![0]) * (y + ring[n]![1]), 0);
  return twice > 0 === (place === 0) ? ring : [...ring].reverse();
}

type Spans = Schemas["DisputedArea"];
export interface Claimed {
  key: string;
  name: string;
  also: string[];
  disputed: boolean;
  of: string | null; // whose part it is, by the viewpoint or by all
  says: string;
}

/** The areas of a day by a viewpoint; the same list as long as nothing changes. */
export function useClaimed(day: number, viewpoint: string): Claimed[] {
  const [areas, setAreas] = useState<{ of: string; spans: Spans[] }>({ of: "", spans: [] });
  useEffect(() => {
    let here = true;
    once<Schemas["AreasOverTime"]>("map/areas", { viewpoint }).then((found) => here && setAreas({ of: viewpoint, spans: found.disputed }), () => undefined);
    return () => void (here = false);
  }, [viewpoint]);
  const on = textOf(day);
  const now = areas.spans.map((one) => one.spans.findIndex((span) => span.from <= on && (!span.to || on < span.to)));
  return useMemo(() => claimedOf(areas.spans, now), [areas, now.join()]);
}

export function claimedOf(areas: readonly Spans[], now: readonly number[]): Claimed[] {
  return areas.flatMap((one, place) => {
    const span = one.spans[now[place]!];
    return span ? [{ key: one.key, name: one.name, also: one.also, disputed: span.disputed, of: span.of, says: span.sentence }] : [];
  });
}
