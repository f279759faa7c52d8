// Which outline is drawn for which state of a day, and where the small ones stand: worked out once for each set of
// states, so that moving the slider only recolours.
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Day } from "./api";
import { placesOf, type Place } from "./disputed_areas";
import worldAt from "./generated/world.json?url";

export const WIDTH = 1000;
export const HEIGHT = 500;
const WORLD: [number, number, number, number] = [0, 0, WIDTH, 436]; // without the empty south

export interface Area {
  id: string;
  name: string;
  path: string;
  size: number; // square units of the drawing
  at: [number, number];
}
export interface Outlines {
  world: Topology;
  areas: Area[];
  places: Map<string, Place>; // of areas in dispute
}
/** Where a state may need a dot to be seen: its capital, and how large its areas are drawn. */
export interface Dot {
  key: string;
  x: number;
  y: number;
  size: number;
}
export interface Line {
  path: string;
  says: string;
  denied: boolean;
}
export interface Geography {
  owner: Map<string, string[]>; // area -> states; several where the record has no one of them
  areas: Map<string, string[]>; // state -> areas
  dots: Dot[];
  places: Map<string, [number, number]>;
  names: Map<string, string>;
  disputed: Line[];
  contested: Map<string, { shown: string; note: string; seated: boolean }>;
  outside: string[]; // contested states that are not in the list of states of the day
}

const projection = geoEqualEarth().rotate([-11, 0]).fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: "Sphere" });
const draw = geoPath(projection).digits(1);

let asked: Promise<Outlines> | undefined;
export function outlines(): Promise<Outlines> {
  asked ??= fetch(worldAt).then(async (response) => {
    const world = (await response.json()) as Topology;
    const all = feature(world, world.objects.areas as GeometryCollection<{ name: string }>);
    const areas = new Map<string, Area>(); // outlying islands have the number of what they belong to
    for (const one of all.features) {
      const [id, path, size] = [String(one.id), draw(one) ?? "", draw.area(one)];
      const former = areas.get(id);
      const name = former && former.size > size ? former.name : one.properties.name;
      const at = former && former.size > size ? former.at : (draw.centroid(one) as [number, number]);
      areas.set(id, { id, name, path: (former?.path ?? "") + path, size: (former?.size ?? 0) + size, at });
    }
    return { world, areas: [...areas.values()], places: await placesOf(projection, areas) };
  });
  return asked;
}

export function geographyOf(drawn: Outlines, day: Day): Geography {
  const owner = new Map<string, string[]>();
  const areas = new Map<string, string[]>();
  const apart = new Map(drawn.areas.filter((one) => one.id.startsWith("~")).map((one) => [one.name, one.id]));
  const sizes = new Map(drawn.areas.map((one) => [one.id, one.size]));
  const present = new Map(drawn.areas.map((one) => [one.id, one]));
  const dots: Dot[] = [];
  const places = new Map<string, [number, number]>();
  const names = new Map<string, string>();
  const everyone = [...day.states, ...day.others];
  for (const state of everyone) {
    names.set(state.key, state.name);
    const own = state.areas.filter((id) => present.has(id));
    if (!own.length && apart.has(state.name)) own.push(apart.get(state.name)!);
    areas.set(state.key, own);
    for (const id of own) owner.set(id, [...(owner.get(id) ?? []), state.key]);
    const at = state.place ? projection([state.place[1]!, state.place[0]!]) : null;
    if (at) places.set(state.key, at);
    const size = own.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    if (at) dots.push({ key: state.key, x: at[0], y: at[1], size });
  }
  const contested = new Map(
    everyone.filter((one) => one.statehood).map((one) => [one.key, { shown: one.statehood!, note: one.statehood_note ?? "", seated: one.seated }]),
  );
  const outside = day.others.map((one) => one.key);
  return { owner, areas, dots, places, names, disputed: bordersOf(drawn.world, day, areas, names), contested, outside };
}

function bordersOf(world: Topology, day: Day, areas: Map<string, string[]>, names: Map<string, string>): Line[] {
  const shapes = world.objects.areas as GeometryCollection;
  const found: Line[] = [];
  for (const dispute of day.disputes) {
    if (dispute.matter !== "border" || !dispute.object) continue;
    const [one, other] = [new Set(areas.get(dispute.subject)), new Set(areas.get(dispute.object))];
    const between = mesh(world, shapes, (a, b) => {
      const [first, second] = [String(a.id), String(b.id)];
      return (one.has(first) && other.has(second)) || (one.has(second) && other.has(first));
    });
    const path = draw(between);
    const pair = [dispute.subject, dispute.object].map((key) => names.get(key) ?? key).join(" and ");
    const says = `Border between ${pair}: ${dispute.shown}. ${dispute.note ?? ""}`;
    if (path) found.push({ path, says, denied: dispute.shown === "does not recognise it" });
  }
  return found;
}

/** Parts of the world to look at, as boxes of the drawing. */
export const VIEWS: Record<string, [string, [number, number, number, number]]> = {
  "": ["World", WORLD],
  africa: ["Africa", box(-28, -38, 62, 39)],
  americas: ["Americas", box(-150, -56, -30, 66)],
  asia: ["Asia", box(42, -11, 150, 58)],
  europe: ["Europe", box(-22, 33, 48, 70)],
  pacific: ["Oceania", box(108, -48, 179, 22)],
};

function box(west: number, south: number, east: number, north: number): [number, number, number, number] {
  const middle = (west + east) / 2;
  const corners = [[west, south], [west, north], [east, south], [east, north], [middle, south], [middle, north]]
    .map((corner) => projection(corner as [number, number])!);
  const [xs, ys] = [corners.map((one) => one[0]), corners.map((one) => one[1])];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return [x, y, Math.max(...xs) - x, Math.max(...ys) - y];
}
