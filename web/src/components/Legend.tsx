// What the colours of a layer mean, with how many states have each.
import { fillOf } from "../colours";

export function Swatch(props: { kind: string; label?: string }) {
  return (
    <svg class="swatch" viewBox="0 0 18 12" role={props.label ? "img" : undefined} aria-label={props.label} aria-hidden={props.label ? undefined : "true"}>
      <rect x="0.5" y="0.5" width="17" height="11" fill={fillOf(props.kind)} />
    </svg>
  );
}

export function Legend(props: { lines: readonly { class: string; label: string; states: number }[]; contested?: boolean; note?: string }) {
  return (
    <><ul class="legend" aria-label="Legend">
      {props.lines.filter((one) => one.states > 0).map((one) => (
        <li key={one.class}><Swatch kind={one.class} /> {one.label} <b>{one.states}</b></li>
      ))}
      {props.contested && (
        <>
          <li><svg class="swatch" viewBox="0 0 18 12" aria-hidden="true"><rect class="contested" x="1" y="1" width="16" height="10" fill="none" /></svg> dashed: a disputed border, or a state that another does not recognise</li>
          <li><svg class="swatch" viewBox="0 0 18 12" aria-hidden="true"><rect class="contested" x="1" y="1" width="16" height="10" fill="url(#hatch-contested)" /></svg> hatched: a disputed area, or such a state without a seat in the United Nations</li>
        </>
      )}
    </ul>
    {props.note && <p class="quiet viewed">{props.note}</p>}</>
  );
}
