// Lines over years or turns, with gaps where nothing is known; told apart by dashes as well as by colour.
import { useState } from "preact/hooks";
import { DASHES, LINES } from "../colours";
import { figure } from "./Table";

export interface Series {
  name: string;
  values: (number | null)[];
}
const [W, H, L, R, T, B] = [420, 220, 48, 20, 8, 24];

/** Round numbers from at most `low` to at least `high`. */
export function ticksOf(low: number, high: number): number[] {
  const wide = high > low ? high - low : 1;
  const rough = wide / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999)!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil((low + wide) / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toPrecision(6)));
}

export function LineChart(props: { title: string; x: number[]; lines: Series[]; low?: number; high?: number }) {
  const { x, lines } = props;
  const [at, setAt] = useState(-1);
  const known = lines.flatMap((one) => one.values.filter((value): value is number => value !== null));
  const ticks = ticksOf(props.low ?? Math.min(0, ...known), props.high ?? Math.max(0, ...known));
  const [least, most] = [ticks[0]!, ticks.at(-1)!];
  const [first, last] = [x[0]!, x.at(-1)!];
  const px = (value: number) => L + ((value - first) / Math.max(1, last - first)) * (W - L - R);
  const py = (value: number) => H - B - ((value - least) / (most - least)) * (H - T - B);
  const path = (values: (number | null)[]) => {
    let open = false;
    return values.map((value, place) => {
      if (value === null) {
        open = false;
        return "";
      }
      const found = `${open ? "L" : "M"}${px(x[place]!).toFixed(1)} ${py(value).toFixed(1)}`;
      open = true;
      return found;
    }).join("");
  };
  const step = Math.max(1, Math.ceil((last - first) / 6));
  const marks = x.filter((one) => (one - first) % step === 0);
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(x.length - 1, at + by)));
  };
  const point = (event: PointerEvent) => {
    const svg = event.currentTarget as SVGSVGElement;
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()!.inverse());
    const share = (place.x - L) / (W - L - R);
    setAt(share < -0.03 || share > 1.03 ? -1 : Math.max(0, Math.min(x.length - 1, Math.round(share * (x.length - 1)))));
  };
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${W} ${H}`} role="application" aria-roledescription="chart" tabindex={0} aria-label={`${props.title}. Arrow keys move along it.`} onKeyDown={keys} onPointerMove={point} onPointerLeave={() => setAt(-1)}>
        {ticks.map((tick) => <g key={tick}><path d={`M${L} ${py(tick)}H${W - R}`} stroke="#e4e0d5" /><text x={L - 5} y={py(tick) + 4} text-anchor="end">{figure(Number(tick.toPrecision(3)))}</text></g>)}
        {marks.map((one) => <text key={one} x={px(one)} y={H - 6} text-anchor="middle">{one}</text>)}
        {at >= 0 && <path d={`M${px(x[at]!)} ${T}V${H - B}`} stroke="#b4500a" />}
        {lines.map((one, place) => <path key={one.name} d={path(one.values)} fill="none" stroke={LINES[place % LINES.length]} stroke-width="1.8" stroke-dasharray={DASHES[place % DASHES.length]} />)}
        {lines.map((one, place) => one.values.map((value, spot) => value !== null && (one.values[spot - 1] ?? null) === null && (one.values[spot + 1] ?? null) === null && <circle key={`${one.name}${spot}`} cx={px(x[spot]!)} cy={py(value)} r="2" fill={LINES[place % LINES.length]} />))}
      </svg>
      <figcaption aria-live="polite">
        <ul class="legend">
          {lines.map((one, place) => (
            <li key={one.name}><svg class="swatch" viewBox="0 0 18 12" aria-hidden="true"><path d="M0 6h18" stroke={LINES[place % LINES.length]} stroke-width="2.4" stroke-dasharray={DASHES[place % DASHES.length]} /></svg> {one.name}{at >= 0 && <b> {figure(one.values[at])}</b>}</li>
          ))}
          {at >= 0 && <li>in {x[at]}</li>}
        </ul>
      </figcaption>
    </figure>
  );
}
