// Was it kept? A text, a day, holdings and facts; findings article by article and reading by reading.
import { useMemo } from "preact/hooks";
import { once, post, Refused, type Row } from "../api";
import { useAnswer } from "../components/asking";
import { CaseFacts } from "../components/CaseFacts";
import { placeOf } from "../components/case_text";
import { DayField } from "../components/DayField";
import { Exercise } from "../components/Exercise";
import { Findings, type Found, type Text } from "../components/Findings";
import { Holdings } from "../components/Holdings";
import { NamePick } from "../components/NamePick";
import { useNames } from "../components/names";
import { Refusal } from "../components/Refusal";
import { FALLBACK } from "../slide";
import { turn, useWhere } from "../where";

function factsOf(text: string): Row {
  try {
    const found: unknown = JSON.parse(text || "{}");
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Row) : {};
  } catch {
    return {}; // an address cut short
  }
}

const ASKS: Record<string, string> = { "": "Was a text kept?", exercise: "What does an exercise call for?" };

export default function CompliancePage() {
  const [where, choose] = useWhere();
  const ask = where.choices.ask === "exercise" ? "exercise" : "";
  return (
    <>
      <div class="choices"><label>What is asked<select name="ask" value={ask} onChange={(event) => choose({ ask: event.currentTarget.value })}>
        {Object.entries(ASKS).map(([key, says]) => <option key={key} value={key}>{says}</option>)}</select></label></div>
      {ask ? <Exercise /> : <Kept />}
    </>
  );
}

function Kept() {
  const [where, choose] = useWhere();
  const { choices } = where;
  const key = choices.treaty || "CFE_1990";
  const day = choices.on || (choices.treaty ? FALLBACK : "1999-07-01");
  const viewpoint = choices.viewpoint ?? "";
  const states = useNames("states");
  const all = useAnswer("rules", () => once<{ treaties: Text[] }>("treaties/rules"));
  const texts = useMemo(() => [...(all.answer?.treaties ?? [])].sort((a, b) => a.name.localeCompare(b.name)), [all.answer]);
  const one = useAnswer(key, () => once<{ treaties: Text[] }>("treaties/rules", { treaty: key }));
  const text = one.answer?.treaties[0]?.key === key ? one.answer.treaties[0] : undefined;
  const holdings = choices.holdings ?? "";
  const facts = useMemo(() => factsOf(choices.facts ?? ""), [choices.facts]);
  const given = useMemo(() => new Set([...Object.keys(facts), ...(holdings.trim() ? ["holdings"] : [])]), [facts, holdings]);
  const question = {
    treaty: key, on: day, state: choices.party ?? "", holdings: text?.holdings && holdings.trim() ? holdings : null, facts,
    hypothetical: choices.hypothetical === "yes",
  };
  const asked = useAnswer(text ? JSON.stringify([question, viewpoint]) : null, (signal) => post<Found>("comply", question, { viewpoint }, signal), 350);
  const problem = asked.problem instanceof Refused ? asked.problem : null;
  const place = problem ? placeOf(problem) : null;
  const atHoldings = place?.file === "holdings" || /holdings/.test(problem?.told.error ?? "") ? problem : null;
  const atFact = place?.file === "facts" && text?.facts?.some((each) => each.name === place.fact) ? problem : null;
  const putFacts = (next: Row) => choose({ facts: Object.keys(next).length ? JSON.stringify(next) : "" });
  const ofParty = problem?.told.kind === "unknown_name" && !place?.file ? problem : null;
  return (
    <>
      <div class="choices">
        <label>Text
          <select name="treaty" value={key} onChange={(event) => turn({ treaty: event.currentTarget.value, on: day, facts: "", holdings: "", verdict: "", reading: "" })}>
            {!texts.some((each) => each.key === key) && <option value={key}>{key}</option>}
            {texts.map((each) => <option key={each.key} value={each.key}>{each.name} ({each.articles} {each.articles === 1 ? "article" : "articles"})</option>)}
          </select></label>
        <DayField label="Day" value={day} onDay={(on) => choose({ on, treaty: key })} />
        <div class="field"><label for="party">Party (all where empty)</label>
          <NamePick id="party" name="party" names={states} value={choices.party ?? ""} onValue={(party) => choose({ party })} wrong={Boolean(ofParty)} placeholder="all parties" /></div>
        <label class="tick"><input type="checkbox" name="hypothetical" checked={choices.hypothetical === "yes"} onChange={(event) => choose({ hypothetical: event.currentTarget.checked ? "yes" : "" })} /> as if it bound on that day</label>
      </div>
      <Refusal problem={all.problem ?? one.problem} onNear={(name) => choose({ treaty: /\(([^()]+)\)$/.exec(name)?.[1] ?? name })} />
      {ofParty && <Refusal problem={ofParty} onNear={(name) => choose({ party: /\(([^()]+)\)$/.exec(name)?.[1] ?? name })} />}
      {text?.holdings && <Holdings columns={text.holdings_columns ?? []} value={holdings} problem={atHoldings}
        onHoldings={(next, more) => choose({ holdings: next, ...(more && Object.keys(more).length ? { facts: JSON.stringify({ ...facts, ...more }) } : {}) })} />}
      {text?.facts && text.facts.length > 0 && <CaseFacts key={key} facts={text.facts} given={facts} problem={atFact} onFacts={putFacts} />}
      {!atHoldings && !atFact && !ofParty && <Refusal problem={asked.problem} />}
      {asked.answer && text && asked.answer.treaty === key && <Findings found={asked.answer} text={text} choices={choices} onChoose={choose} question={question} viewpoint={viewpoint} given={given} />}
      {asked.waiting && !asked.answer && <p role="status">One moment.</p>}
    </>
  );
}
