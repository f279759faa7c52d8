// A figure as an SVG file: as it is on the page, with its title, what it says, and by whose viewpoint.
import { save } from "../api";
import { fillOf } from "../colours";
import { withViewpoint } from "./Viewed";

const DRAWN = "Drawn by indivisible.";
export const OUTLINES = "Outlines: Natural Earth (public domain), today's on every day. They follow who holds the ground and say nothing of who has a right to it.";

interface Key {
  class: string;
  label: string;
  states: number;
}
const SVG = "http://www.w3.org/2000/svg";
const LETTERS = 112; // that fit on a line

function made(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, String(value));
  found.textContent = text;
  return found;
}

export function takePicture(figure: SVGSVGElement, name: string, says: string[], legend: readonly Key[] = []): void {
  const box = figure.viewBox.baseVal;
  const copy = figure.cloneNode(true) as SVGSVGElement;
  const lines = [...withViewpoint(says, figure), figure.querySelector(".ground") ? OUTLINES : "", DRAWN].filter(Boolean).flatMap((one) => wrapped(one, LETTERS));
  const keys = legend.filter((one) => one.states > 0);
  const size = box.width / 68;
  const high = size * 1.5;
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height + high * (keys.length + lines.length + 1)}`);
  for (const attribute of ["class", "tabindex", "role", "aria-label", "aria-roledescription", "aria-describedby"]) copy.removeAttribute(attribute);
  copy.prepend(made("style", {}, `path,circle{vector-effect:non-scaling-stroke}.ground path{stroke:#fff;stroke-width:.5}.dots circle{stroke:#33383d;stroke-width:.8}
.disputed,.denied,.ground .contested{stroke:#2b2233!important;stroke-dasharray:2.5 2}.disputed-areas path,.dots .claim{stroke:#2b2233;stroke-width:.8;stroke-dasharray:2.5 2}.disputes path{stroke:#2b2233;stroke-dasharray:4 3}.ring{fill:none;stroke:#111}text{font-family:sans-serif;fill:#1d2329}`));
  const at = (place: number) => box.y + box.height + high * (place + 1);
  keys.forEach((key, place) => {
    copy.append(made("rect", { x: box.x + size, y: at(place) - size * 0.8, width: size * 1.6, height: size, fill: fillOf(key.class), stroke: "#77736a", "stroke-width": size / 14 }));
    copy.append(made("text", { x: box.x + size * 3.2, y: at(place), "font-size": size }, `${key.label}: ${key.states}`));
  });
  lines.forEach((line, place) => copy.append(made("text", { x: box.x + size, y: at(keys.length + place), "font-size": size }, line)));
  save(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }), `${name}.svg`);
}

/** A sentence in lines of at most so many letters. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
