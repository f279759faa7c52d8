// The outlines that the page draws: Natural Earth (public domain) at 1:50m, thinned so that a map recolours quickly.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { presimplify, simplify, quantile } from "topojson-simplify";
import { quantize } from "topojson-client";

const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const world = JSON.parse(readFileSync(path, "utf8"));
// Areas that Natural Earth draws apart and gives no number are known by their name.
const shapes = world.objects.countries;
shapes.geometries = shapes.geometries.filter((one) => one.properties.name !== "Antarctica");
for (const one of shapes.geometries) {
  one.id = one.id ?? `~${one.properties.name}`;
}
const weighed = presimplify({ type: world.type, objects: { areas: shapes }, arcs: world.arcs, transform: world.transform });
const thin = quantize(simplify(weighed, quantile(weighed, 0.42)), 20000);
delete thin.bbox;
mkdirSync(new URL("../src/generated", import.meta.url), { recursive: true });
const text = JSON.stringify(thin);
writeFileSync(new URL("../src/generated/world.json", import.meta.url), text);
console.log(`outlines: ${thin.objects.areas.geometries.length} areas, ${thin.arcs.reduce((sum, arc) => sum + arc.length, 0)} points, ${text.length} bytes`);
