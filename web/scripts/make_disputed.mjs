// Outlines of areas in dispute, cut from Natural Earth's states and provinces at 1:10m (public domain) and thinned. Run by
// hand when an area is added: node scripts/make_disputed.mjs ne_10m_admin_1_states_provinces.geojson
// Areas that Natural Earth draws as countries need none of this: the page takes them from the map itself.
import { readFileSync, writeFileSync } from "node:fs";
import { merge, quantize } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

// Provinces by Natural Earth's code; `within` keeps only what lies inside a rough outline of our own.
const AREAS = {
  ABK: { provinces: ["GEO-3015"] },
  AREA_ABYEI: { provinces: ["SDN-882"], within: [[27.8, 10.18], [29, 10.18], [29, 9.2], [28.9, 9.2], [28.2, 9.3], [27.8, 9.6], [27.8, 10.18]] },
  AREA_AKSAI_CHIN: { provinces: ["CHN-1756", "CHN-1662"], within: [[77.8, 35.5], [78.1, 35.9], [79.3, 36.0], [80.3, 35.5], [80.3, 35.0], [79.8, 34.5], [79.3, 34.0], [78.6, 34.2], [78.0, 34.6], [77.8, 35.5]] },
  AREA_ARUNACHAL_PRADESH: { provinces: ["IND-3299"] },
  AREA_AZAD_KASHMIR: { provinces: ["PAK-1109"] },
  AREA_CEUTA_MELILLA: { provinces: ["ESP-5815", "ESP-5835"] },
  AREA_CRIMEA: { provinces: ["RUS-283", "RUS-5482"] },
  AREA_DOKLAM: { provinces: ["BTN-2435"], within: [[88.85, 27.42], [89.07, 27.42], [89.07, 27.2], [88.85, 27.2], [88.85, 27.42]] },
  AREA_DONETSK_LUHANSK: { provinces: ["UKR-327", "UKR-329"] },
  AREA_EAST_JERUSALEM: { provinces: ["ISR-3058", "WEB+00?"], within: [[35.21, 31.88], [35.28, 31.86], [35.29, 31.72], [35.21, 31.72], [35.21, 31.88]] },
  AREA_ESSEQUIBO: { provinces: ["GUY-672", "GUY-673", "GUY-675", "GUY-676", "GUY-680"] },
  AREA_GAZA: { provinces: ["GAZ+00?"] },
  AREA_GILGIT_BALTISTAN: { provinces: ["PAK-1111"] },
  AREA_GOLAN: { provinces: ["ISR-3056"], within: [[35.63, 33.4], [36.2, 33.4], [36.2, 32.66], [35.64, 32.66], [35.645, 32.9], [35.62, 33.05], [35.63, 33.4]] },
  AREA_HALAIB: { provinces: ["EGY-1556"], within: [[33.9, 22.0], [35.55, 23.15], [37.2, 23.15], [37.2, 22.0], [33.9, 22.0]] },
  AREA_ILEMI: { provinces: ["SDS-892", "KEN-"], within: [[34.4, 4.6], [35.2, 5.45], [35.85, 5.4], [35.95, 4.62], [34.4, 4.6]] },
  AREA_JAMMU_KASHMIR_LADAKH: { provinces: ["IND-2431", "IND-20012"] },
  AREA_KHERSON_ZAPORIZHZHIA: { provinces: ["UKR-331", "UKR-4827"] },
  AREA_NAGORNO_KARABAKH: { provinces: ["AZE-1734", "AZE-1737", "AZE-1739", "AZE-4838", "AZE-5565"] },
  AREA_SOUTHERN_KURILS: { provinces: ["RUS-2616"], within: [[145.2, 43.3], [145.2, 44.7], [146.6, 45.2], [148.0, 45.7], [149.1, 45.75], [149.2, 45.3], [147.5, 43.2], [145.9, 43.2], [145.2, 43.3]] },
  AREA_TRANSNISTRIA: { provinces: ["MDA-1638", "MDA-1650"] },
  AREA_WEST_BANK: { provinces: ["WEB+00?"] },
  OST: { provinces: ["GEO-3039", "GEO-3034", "GEO-3035"], within: [[43.45, 42.75], [44.6, 42.75], [44.65, 42.35], [44.5, 42.0], [44.25, 42.03], [43.9, 42.1], [43.45, 42.25], [43.45, 42.75]] },
};

/** The part of a ring inside a convex outline (Sutherland and Hodgman). */
function clipped(ring, outline) {
  let found = ring.slice(0, -1);
  const turn = area(outline) > 0 ? 1 : -1;
  for (let place = 0; place + 1 < outline.length && found.length; place += 1) {
    const [[ax, ay], [bx, by]] = [outline[place], outline[place + 1]];
    const side = ([x, y]) => turn * ((bx - ax) * (y - ay) - (by - ay) * (x - ax));
    const next = [];
    found.forEach((point, at) => {
      const last = found[(at + found.length - 1) % found.length];
      const [here, there] = [side(point), side(last)];
      if (here >= 0 !== there >= 0) {
        const share = there / (there - here);
        next.push([last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])]);
      }
      if (here >= 0) next.push(point);
    });
    found = next;
  }
  return found.length > 2 ? [...found, found[0]] : [];
}

function area(ring) {
  return ring.slice(1).reduce((sum, [x, y], at) => sum + (ring[at][0] * y - x * ring[at][1]), 0) / 2;
}

const world = JSON.parse(readFileSync(process.argv[2], "utf8"));
const features = [];
for (const [key, { provinces, within }] of Object.entries(AREAS)) {
  for (const one of world.features) {
    const code = one.properties.adm1_code;
    if (!provinces.some((name) => (name.endsWith("-") ? code.startsWith(name) : code === name))) continue;
    const polygons = one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates;
    for (const rings of polygons) {
      const kept = within ? rings.map((ring) => clipped(ring, within)).filter((ring) => ring.length) : rings;
      if (kept.length) features.push({ type: "Feature", properties: { key }, geometry: { type: "Polygon", coordinates: kept } });
    }
  }
}
const drawn = topology({ provinces: { type: "FeatureCollection", features } }, 1e6);
const weighed = presimplify(drawn);
const thin = quantize(simplify(weighed, 0.0006), 1e5);
const parts = thin.objects.provinces.geometries;
const found = {};
const twoDigits = (number) => Number(number.toFixed(2));
for (const key of Object.keys(AREAS)) {
  const whole = merge(thin, parts.filter((one) => one.properties.key === key && one.arcs?.length));
  const drawn = (ring) => ring.length > 3 && Math.abs(area(ring)) > 1e-6; // what is left of rocks and banks has no area
  const polygons = whole.coordinates.map((rings) => rings.map((ring) => ring.map((point) => point.map(twoDigits))).filter(drawn));
  if (polygons.some((rings) => rings.length)) found[key] = polygons.filter((rings) => rings.length);
  console.log(key, found[key]?.flat(2).length ?? "too small to be drawn: a dot stands for it");
}
const text = JSON.stringify({ source: "Natural Earth 1:10m admin 1 states and provinces (public domain); thinned, and where it draws no such area cut along rough outlines", areas: found });
writeFileSync(new URL("../src/disputed_outlines.json", import.meta.url), `${text}\n`);
console.log(`${text.length} bytes`);
