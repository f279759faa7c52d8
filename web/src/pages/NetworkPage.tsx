// Who is tied to whom on a day. Where a dot stands is the server's answer, so that the same day gives the same figure.
import { useMemo, useRef, useState } from "preact/hooks";
import { address, get, type Schemas } from "../api";
import { useAnswer } from "../components/asking";
import { DaySlider } from "../components/DaySlider";
import { useNames } from "../components/names";
import { takePicture } from "../components/picture";
import { Refusal } from "../components/Refusal";
import { Behind, type Column } from "../components/Table";
import { KIND_LINES } from "../colours";
import { textOf } from "../days";
import { useDay, useRested, useTurns } from "../slide";
import { useWhere } from "../where";
import { Viewed } from "../components/Viewed";

const KINDS = ["defence", "offence", "neutrality", "nonaggression", "consultation"];
const HALF = 300;
type Edge = Schemas["Edge"];

export default function NetworkPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const { turns, last } = useTurns("");
  const [day, setDay] = useDay(last);
  const rested = useRested(day, 150);
  const kinds = choices.kinds ?? "defence";
  const organizations = choices.organizations ?? "";
  const viewpoint = choices.viewpoint ?? "";
  const names = useNames("organizations");
  const query = { on: textOf(rested), kinds, organizations, viewpoint, lone: choices.lone === "yes" };
  const { answer, problem, waiting } = useAnswer(JSON.stringify(query), (signal) => get<Schemas["Network"]>("network", query, signal));
  const holder = useRef<HTMLDivElement>(null);
  const toggle = (kind: string, on: boolean) => choose({ kinds: KINDS.filter((one) => (one === kind ? on : kinds.split(",").includes(one))).join() || (organizations ? "" : "defence") });
  const said = (key: string) => answer?.nodes.find((one) => one.key === key)?.name ?? key;
  const note = answer ? `${answer.sentence} ${answer.viewpoint.says}` : "";
  const columns: Column<Edge>[] = [
    { head: "From", value: (row) => said(row.from) }, { head: "To", value: (row) => said(row.to) }, { head: "Kind", value: (row) => row.kind },
    { head: "Both ways", value: (row) => row.mutual }, { head: "Certain", value: (row) => row.certain }, { head: "Texts", value: (row) => row.treaties.join(", ") },
  ];
  return (
    <>
      <div class="choices">
        <fieldset><legend>Pledges</legend>{KINDS.map((kind) => <label key={kind}><input type="checkbox" checked={kinds.split(",").includes(kind)} onChange={(event) => toggle(kind, event.currentTarget.checked)} /> {kind} </label>)}</fieldset>
        <label>Organisation to add<select value="" onChange={(event) => choose({ organizations: [...new Set([...organizations.split(",").filter(Boolean), event.currentTarget.value])].join() })}>
          <option value="">none</option>{names.map((one) => <option key={one.key} value={one.key}>{one.name}</option>)}</select></label>
        {organizations.split(",").filter(Boolean).map((one) => <button type="button" key={one} onClick={() => choose({ organizations: organizations.split(",").filter((each) => each !== one).join() })}>Take {one} out</button>)}
        <label><input type="checkbox" checked={choices.lone === "yes"} onChange={(event) => choose({ lone: event.currentTarget.checked ? "yes" : "" })} /> states without ties too</label>
      </div>
      <DaySlider day={day} last={last} turns={turns} onDay={setDay} ready={!waiting} />
      <Refusal problem={problem} />
      {answer && (
        <div class="framed" ref={holder} aria-busy={waiting}>
          <p class="says" role="status"><strong>{answer.sentence}</strong></p>
          <Viewed of={answer} />
          <p class="quiet">Solid lines are certain, dashed lines are not; one-way pledges are thin.</p>
          <Picture answer={answer} picked={choices.state ?? ""} onPick={(state) => choose({ state })} />
          <p class="actions"><button type="button" onClick={() => takePicture(holder.current!.querySelector("svg")!, `network-${answer.on}`, [answer.sentence, answer.viewpoint.says])}>Take the picture away (SVG)</button>
            <a class="button" href={address("network", query)}>As JSON</a></p>
          <Behind caption={note} columns={columns} rows={answer.edges} name={`network-${answer.on}`} note={note} />
        </div>
      )}
    </>
  );
}

function Picture(props: { answer: Schemas["Network"]; picked: string; onPick: (state: string) => void }) {
  const { answer } = props;
  const [pointed, setPointed] = useState("");
  const at = useMemo(() => new Map(answer.nodes.map((one) => [one.key, { ...one, px: one.x * HALF, py: -one.y * HALF }])), [answer]);
  const here = pointed || (at.has(props.picked) ? props.picked : "");
  const near = useMemo(() => {
    const found = new Map<string, Edge[]>();
    for (const edge of answer.edges) if (edge.from === here || edge.to === here) {
      const other = edge.from === here ? edge.to : edge.from;
      found.set(other, [...(found.get(other) ?? []), edge]);
    }
    return found;
  }, [answer, here]);
  const lines = useMemo(() => {
    const groups = new Map<string, string>();
    for (const edge of answer.edges) {
      const [from, to] = [at.get(edge.from), at.get(edge.to)];
      if (!from || !to) continue;
      const look = `${edge.kind}|${edge.certain ? "" : "unsure"}|${edge.mutual || edge.kind === "member" ? "" : "oneway"}`;
      groups.set(look, `${groups.get(look) ?? ""}M${from.px.toFixed(1)} ${from.py.toFixed(1)}L${to.px.toFixed(1)} ${to.py.toFixed(1)}`);
    }
    return [...groups];
  }, [answer, at]);
  const order = useMemo(() => [...answer.nodes].sort((a, b) => a.name.localeCompare(b.name)).map((one) => one.key), [answer]);
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 0;
    if (!step || !order.length) return;
    event.preventDefault();
    props.onPick(order[(order.indexOf(props.picked) + step + order.length) % order.length]!);
    setPointed("");
  };
  const told = here ? `${at.get(here)!.name}: ${near.size ? [...near].map(([key, edges]) => `${at.get(key)?.name ?? key} (${[...new Set(edges.map((edge) => edge.kind))].join(", ")})`).join("; ") : "no ties of these kinds"}.` : "Point at a dot, or move through them with the arrow keys, to see its ties.";
  const key = (event: Event) => (event.target as SVGElement).dataset?.key ?? "";
  return (
    <figure class="map net">
      <svg viewBox="-330 -320 660 640" role="application" aria-roledescription="network" tabindex={0} aria-label={`${answer.sentence} Arrow keys move from one to the next.`} aria-describedby="net-says"
        onKeyDown={keys} onPointerMove={(event) => setPointed(key(event))} onPointerLeave={() => setPointed("")} onClick={(event) => key(event) && props.onPick(key(event))}>
        <g fill="none" class={here ? "dim" : ""}>
          {lines.map(([look, path]) => {
            const [kind, unsure, oneway] = look.split("|") as [string, string, string];
            return <path key={look} d={path} stroke={KIND_LINES[kind] ?? KIND_LINES.membership} stroke-width={oneway ? 0.6 : 1} stroke-opacity="0.42" stroke-dasharray={unsure ? "4 3" : undefined} />;
          })}
        </g>
        {here && [...near].map(([other, edges]) => at.get(other) && (
          <line key={other} x1={at.get(here)!.px} y1={at.get(here)!.py} x2={at.get(other)!.px} y2={at.get(other)!.py} stroke={KIND_LINES[edges[0]!.kind] ?? KIND_LINES.membership} stroke-width="1.6" stroke-dasharray={edges.every((edge) => !edge.certain) ? "4 3" : undefined} />
        ))}
        {[...at.values()].map((one) => (
          <g key={one.key} class={here && one.key !== here && !near.has(one.key) ? "dim" : ""}>
            {one.kind === "organization"
              ? <rect data-key={one.key} x={one.px - 6} y={one.py - 6} width="12" height="12" fill="#fff" stroke="#33383d" stroke-width="1.5" />
              : <circle data-key={one.key} cx={one.px} cy={one.py} r={one.key === here ? 6 : 4} fill={one.key === here ? "#b4500a" : "#24587a"} stroke="#fff" stroke-width="1" />}
            <text x={one.px + 6} y={one.py + 3} fill="#1d2329">{one.key === here || near.has(one.key) || one.kind === "organization" ? one.name : one.key}</text>
          </g>
        ))}
      </svg>
      <figcaption id="net-says" aria-live="polite">{told}</figcaption>
    </figure>
  );
}
