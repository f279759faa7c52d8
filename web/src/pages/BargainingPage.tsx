// Where bargaining would end, turn by turn: who stands where, how much it cares, and how much it can do.
import { useMemo, useState } from "preact/hooks";
import { get, once, post, Refused, type Schemas } from "../api";
import { actorsOf, actorsText, caseOf, cellMeant, dimensionsOf, actorOf, RULES } from "../bargain";
import { settingsOf, settingsText } from "../change";
import { Actors } from "../components/Actors";
import { useAnswer } from "../components/asking";
import { BargainEnd, type Bargain } from "../components/BargainEnd";
import { DayField } from "../components/DayField";
import { useStateNames } from "../components/names";
import { NumberField } from "../components/NumberField";
import { Refusal } from "../components/Refusal";
import { Plain } from "../components/StepFields";
import { membersOf, type Body } from "../council";
import { FALLBACK } from "../slide";
import { useWhere, type Choices } from "../where";

export default function BargainingPage() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const name = useStateNames();
  const actors = useMemo(() => actorsOf(choices), [choices.actors]);
  const rule = choices.rule && RULES[choices.rule] ? choices.rule : "majority";
  const viewpoint = choices.viewpoint ?? "";
  const body = caseOf({ ...choices, rule }, settingsOf(choices.constants ?? ""));
  const dimensions = dimensionsOf(choices);
  const { answer, problem, waiting } = useAnswer(`${JSON.stringify(body)}|${viewpoint}`, (signal) => post<Bargain>("bargain", body, { viewpoint }, signal), 350);
  const refused = problem instanceof Refused ? problem : null;
  const inCell = refused && cellMeant(refused.told.where ?? "", dimensions[0]!)[0] > 0;
  return (
    <>
      <p>Everybody stands somewhere between 0 and 100 on one question, or on two. Each turn every actor challenges whom it gains most from, and takes the best bargain it is offered. The names and figures below are made up; write your own over them.</p>
      <div class="choices">
        <label>The question<Plain id="question" name="question" value={choices.question || "What the mission may do"} wrong={false} onText={(question) => choose({ question })} /></label>
        <label>What decides<select name="rule" value={rule} onChange={(event) => choose({ rule: event.currentTarget.value === "majority" ? "" : event.currentTarget.value })}>
          {Object.entries(RULES).map(([key, says]) => <option key={key} value={key}>{says}</option>)}</select></label>
        {rule === "at_least" && <NumberField label="How many" name="needs" value={Number(choices.needs || Math.floor(actors.length / 2) + 1)} least={1} most={actors.length || 1} whole onNumber={(value) => choose({ needs: String(value ?? "") })} />}
        {rule === "weights" && <NumberField label="Quota" name="quota" value={Number(choices.quota || 5)} least={1} whole onNumber={(value) => choose({ quota: String(value ?? "") })} />}
        <label class="tick"><input type="checkbox" name="second" checked={Boolean(choices.second)} onChange={(event) => choose({ second: event.currentTarget.checked ? "length" : "", first: event.currentTarget.checked ? "mandate" : "", now2: "" })} /> a second question</label>
        {choices.second && <label>First is called<Plain id="first" name="first" value={dimensions[0]!} wrong={false} onText={(first) => choose({ first })} /></label>}
        {choices.second && <label>Second is called<Plain id="second-name" name="second-name" value={dimensions[1]!} wrong={false} onText={(second) => choose({ second: second || "length" })} /></label>}
      </div>
      {rule === "body" && <OfBody choices={choices} viewpoint={viewpoint} onChoose={choose} />}
      <Actors actors={actors} dimensions={dimensions} rule={rule} problem={inCell ? refused : null} onActors={(next) => choose({ actors: actorsText(next) })} />
      <More choices={choices} onChoose={choose} two={dimensions.length > 1} />
      <Refusal problem={problem} />
      {waiting && !answer && <p role="status">One moment.</p>}
      {answer && !problem && <BargainEnd answer={answer} waiting={waiting} body={body} viewpoint={viewpoint} name={name} />}
    </>
  );
}

/** The body whose own rule decides; its members are the actors then. */
function OfBody(props: { choices: Choices; viewpoint: string; onChoose: (patch: Choices) => void }) {
  const { choices, viewpoint, onChoose } = props;
  const [former, setFormer] = useState<string | null>(null);
  const day = choices.on || FALLBACK;
  const found = useAnswer(`${day}|${viewpoint}`, (signal) => get<{ bodies: Body[] }>("bodies", { on: day, viewpoint }, signal));
  const listed = [...(found.answer?.bodies ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const body = listed.find((one) => one.key === (choices.body || "UNSC"));
  const members = membersOf(body);
  return (
    <div class="choices">
      <DayField label="Day" value={day} onDay={(on) => onChoose({ on })} />
      <label>Body<select name="body" value={body?.key ?? choices.body ?? "UNSC"} onChange={(event) => onChoose({ body: event.currentTarget.value, procedure: "" })}>
        {listed.map((one) => <option key={one.key} value={one.key}>{one.name} ({one.key.replaceAll("_", " ")})</option>)}</select></label>
      {body && <label>Procedure<select name="procedure" value={choices.procedure || body.procedures[0]?.name} onChange={(event) => onChoose({ procedure: event.currentTarget.value })}>
        {body.procedures.map((one) => <option key={one.name} value={one.name}>{one.title}</option>)}</select></label>}
      <button type="button" disabled={!members.length} onClick={() => { setFormer(choices.actors ?? ""); onChoose({ actors: actorsText(members.map((one) => actorOf([one.name, "50", "50", "50", "1", "", "50", "50"]))) }); }}>Write its {members.length} members into the table, all at 50</button>
      {former !== null && <button type="button" onClick={() => { onChoose({ actors: former }); setFormer(null); }}>Put the former table back</button>}
      <Refusal problem={found.problem} />
    </div>
  );
}

function More(props: { choices: Choices; two: boolean; onChoose: (patch: Choices) => void }) {
  const { choices, two, onChoose } = props;
  const settings = useAnswer("constants", () => once<Schemas["BargainSettings"]>("bargain/settings"));
  const given = settingsOf(choices.constants ?? "");
  const put = (name: string, value: string | number | undefined) => {
    const { [name]: _, ...next } = given;
    onChoose({ constants: settingsText(value === undefined ? next : { ...next, [name]: value }) });
  };
  const now = (key: "now" | "now2", label: string) => (
    <NumberField label={label} name={key} value={choices[key] ? Number(choices[key]) : null} least={0} most={100} optional note="Left empty: not asked." onNumber={(value) => onChoose({ [key]: value === null ? "" : String(value) })} />
  );
  return (
    <details class="behind panel"><summary>As things are, draws, and constants ({Object.keys(given).length ? `${Object.keys(given).length} changed` : "all as published"})</summary>
      <div class="fields">
        {now("now", two ? "Status quo on the first question" : "Status quo")}
        {two && now("now2", "Status quo on the second question")}
        <NumberField label="Draws from the intervals" name="draws" value={Number(choices.draws || 0)} least={0} most={2000} whole onNumber={(value) => onChoose({ draws: value ? String(value) : "" })} note="0: the middle of every interval is taken." />
        <NumberField label="Seed of the draws" name="seed" value={Number(choices.seed || 0)} least={0} whole onNumber={(value) => onChoose({ seed: value ? String(value) : "" })} />
        {settings.answer?.settings.map((one) => {
          const label = one.name.replaceAll("_", " ");
          const note = `Published: ${one.default}. ${one.meaning} Source: ${one.source}.`;
          if (!one.choices.length) {
            return <NumberField key={one.name} wide label={label} name={one.name} value={Number(given[one.name] ?? one.default)} least={one.name === "most_turns" ? 1 : 0} leastAllowed={one.name === "most_turns"} most={one.name === "most_turns" ? undefined : 0.999}
              whole={one.name === "most_turns"} note={note} changed={one.name in given ? "changed" : ""} onNumber={(value) => put(one.name, value === null || value === one.default ? undefined : value)} />;
          }
          return (
            <label key={one.name} class="wide">{label}{one.name in given && <b> changed</b>}
              <select name={one.name} value={String(given[one.name] ?? one.default)} onChange={(event) => put(one.name, event.currentTarget.value === one.default ? undefined : event.currentTarget.value)}>
                {one.choices.map((each) => <option key={each} value={each}>{each.replaceAll("_", " ")}</option>)}</select>
              <span class="quiet">{note}</span></label>
          );
        })}
      </div>
    </details>
  );
}
