// Areas that more than one state calls its own and that the outlines give to whoever holds the ground. They are rough,
// drawn by hand for a map of the world, and say who claims and since when; nothing here decides.
import type { Polygon } from "geojson";

export interface DisputedArea {
  says: string;
  since: string; // the first day of the dispute as drawn here
  outline: [number, number][]; // degrees east, degrees north
}

export const DISPUTED_AREAS: DisputedArea[] = [
  {
    says: "Abkhazia: part of Georgia, say Georgia and most states; a state, say Russia and a few others since 2008.",
    since: "1992-07-23",
    outline: [[40.0, 43.4], [40.2, 43.58], [41.0, 43.4], [42.1, 43.2], [42.1, 42.8], [41.6, 42.4], [41.0, 42.8], [40.0, 43.4]],
  },
  {
    says: "Crimea: part of Ukraine, say Ukraine and most states (UN General Assembly 68/262); part of Russia, says Russia since 2014.",
    since: "2014-03-18",
    outline: [
      [33.6, 46.12], [32.5, 45.35], [33.4, 45.15], [33.5, 44.6], [33.9, 44.38], [34.5, 44.75], [35.4, 45.0], [36.4, 45.08],
      [36.6, 45.42], [35.8, 45.42], [35.2, 45.4], [34.8, 45.85], [34.4, 46.0], [33.6, 46.12],
    ],
  },
  {
    says: "Golan Heights: part of Syria, say Syria and most states (UN Security Council 497); part of Israel, says Israel since 1981.",
    since: "1967-06-10",
    outline: [[35.65, 33.28], [35.9, 33.35], [35.95, 33.1], [35.85, 32.72], [35.65, 32.7], [35.62, 33.0], [35.65, 33.28]],
  },
  {
    says: "Southern Kuril Islands: part of Russia, says Russia; part of Japan, says Japan.",
    since: "1945-09-05",
    outline: [[145.3, 43.7], [145.5, 44.6], [147.0, 45.5], [148.9, 45.6], [147.2, 44.6], [146.4, 43.3], [145.3, 43.7]],
  },
  {
    says: "South Ossetia: part of Georgia, say Georgia and most states; a state, say Russia and a few others since 2008.",
    since: "1992-06-24",
    outline: [[43.4, 42.6], [44.2, 42.65], [44.6, 42.6], [44.5, 42.1], [43.9, 42.05], [43.5, 42.3], [43.4, 42.6]],
  },
];

/** The areas in dispute on a day, as shapes; clockwise, as a drawing on a sphere needs them. */
export function disputedOn(day: string): { says: string; shape: Polygon }[] {
  return DISPUTED_AREAS.filter((one) => one.since <= day).map((one) => ({
    says: one.says,
    shape: { type: "Polygon", coordinates: [clockwise(one.outline)] },
  }));
}

function clockwise(ring: [number, number][]): [number, number][] {
  const twice = ring.slice(1).reduce((sum, [x, y], n) => sum + (x - ring[n]![0]) * (y + ring[n]![1]), 0);
  return twice > 0 ? ring : [...ring].reverse();
}
