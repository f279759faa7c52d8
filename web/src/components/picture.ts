// A figure as an SVG file: as it is on the page, with its title, what it says, and by whose viewpoint.
import { save } from "../api";

const NOTE = "Outlines: Natural Earth (public domain). Drawn by indivisible.";

export function takePicture(figure: SVGSVGElement, name: string, says: string[]): void {
  const box = figure.viewBox.baseVal;
  const copy = figure.cloneNode(true) as SVGSVGElement;
  const lines = [...says, NOTE].filter(Boolean);
  const size = box.width / 68;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height + size * 1.5 * (lines.length + 1)}`);
  for (const attribute of ["class", "tabindex", "role", "aria-label", "aria-roledescription", "aria-describedby"]) copy.removeAttribute(attribute);
  const look = document.createElementNS("http://www.w3.org/2000/svg", "style");
  look.textContent = `path,circle{vector-effect:non-scaling-stroke}.ground path{stroke:#fff;stroke-width:.5}.dots circle{stroke:#33383d;stroke-width:.8}
.disputed,.denied,.ground .contested{stroke:#2b2233!important;stroke-dasharray:2.5 2}.disputes path{stroke:#2b2233;stroke-dasharray:4 3}.ring{fill:none;stroke:#111}text{font-family:sans-serif;fill:#1d2329}`;
  copy.prepend(look);
  lines.forEach((line, place) => {
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    text.setAttribute("x", String(box.x + size));
    text.setAttribute("y", String(box.y + box.height + size * 1.5 * (place + 1)));
    text.setAttribute("font-size", String(size));
    text.textContent = line;
    copy.append(text);
  });
  save(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }), `${name}.svg`);
}
