// A day between 1945 and the last that the record knows: moved by hand, by key, by turning day, or played.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { FIRST, lastTurn, numberOf, textOf } from "../days";
import { DayField } from "./DayField";

export function DaySlider(props: {
  day: number; last: number; turns: readonly number[]; onDay: (day: number) => void; ready: boolean; label?: string;
}) {
  const { day, last, turns } = props;
  const [playing, setPlaying] = useState(false);
  const now = useRef({ day, ready: props.ready });
  now.current = { day, ready: props.ready };
  const step = (by: number) => {
    const place = lastTurn(turns, now.current.day);
    const at = by < 0 && turns[place] !== undefined && turns[place]! < now.current.day ? place : place + by;
    const next = turns[Math.max(0, Math.min(turns.length - 1, at))];
    if (next !== undefined) props.onDay(next);
    return at < turns.length - 1;
  };
  useEffect(() => {
    if (!playing) return;
    const beat = setInterval(() => {
      if (now.current.ready && !step(1)) setPlaying(false);
    }, 140);
    return () => clearInterval(beat);
  }, [playing, turns]);
  const play = () => {
    if (!playing && lastTurn(turns, day) >= turns.length - 1) props.onDay(FIRST);
    setPlaying(!playing);
  };
  const marks = useMemo(() => {
    const seen = new Set(turns.map((one) => Math.round(((one - FIRST) / (last - FIRST)) * 600)));
    return [...seen].map((x) => `M${x} 0v20`).join("");
  }, [turns, last]);
  const years = [];
  for (let year = 1950; numberOf(`${year}-01-01`) < last; year += 10) years.push(year);
  const text = textOf(day);
  return (
    <div class="slider" role="group" aria-label={props.label ?? "Day"}>
      <div class="buttons">
        <button type="button" onClick={() => step(-1)} title="Turning day before" aria-label="Turning day before">◂</button>
        <button type="button" class="play" onClick={play} aria-pressed={playing}>{playing ? "Pause" : "Play"}</button>
        <button type="button" onClick={() => step(1)} title="Next turning day" aria-label="Next turning day">▸</button>
        <DayField label="Day" value={text} onDay={(given) => props.onDay(Math.max(FIRST, Math.min(last, numberOf(given))))} />
      </div>
      <div class="track">
        <input type="range" min={FIRST} max={last} value={day} aria-label="Day" aria-valuetext={text}
          onInput={(event) => { setPlaying(false); props.onDay(Number(event.currentTarget.value)); }} />
        <svg class="marks" viewBox="0 0 600 20" preserveAspectRatio="none" aria-hidden="true"><path d={marks} /></svg>
        <div class="years" aria-hidden="true">
          {years.map((year) => <Year key={year} year={year} share={(numberOf(`${year}-01-01`) - FIRST) / (last - FIRST)} />)}
        </div>
      </div>
    </div>
  );
}

function Year(props: { year: number; share: number }) {
  return <span style={{ left: `${(props.share * 100).toFixed(2)}%` }}>{props.year}</span>;
}
