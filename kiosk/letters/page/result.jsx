// The result: a large sign with a word, what the office signed, what to do, and how old the knowledge is.
import { useEffect } from "react";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Ages, Fields } from "./fields.jsx";
import { Button, Note, Steps, Title } from "./parts.jsx";
import { Sign } from "./signs.jsx";
import { asksToCompare, BESIDE, isSuspicious, reasonsOf, stepsOf } from "./steps.js";

/** @typedef {import("./verify.jsx").Props} Props */

const SAID = ["letter_revoked", "letter_expired", "signature_wrong", "number_unknown"]; // reasons that say no more than the heading

export function Result(/** @type {Props} */ { texts, told, checking }) {
  const { judgement, kept } = checking.state;
  const verdict = judgement?.verdict ?? "unreadable";
  const scoped = `${verdict}-${judgement?.scope}`;
  const name = told.verdicts[scoped] ? scoped : verdict;
  const advised = judgement?.reasons.find((code) => !SAID.includes(code) && told.reasons[code]?.steps.length > 0 && !BESIDE.includes(code));
  const spoken = advised ? `${verdict}-${advised}` : name;
  useEffect(() => checking.say(`verify-${spoken}`), [spoken, checking.say]);
  if (!judgement) return null;
  const compare = asksToCompare(judgement);
  const { why, warns } = reasonsOf(judgement);
  const said = told.verdicts[name] ?? told.verdicts.unreadable;
  const steps = stepsOf(judgement, told);
  const checked = judgement.fields ? told.scopes[judgement.scope] : null;
  return (
    <div className="verify verify-result" data-step="result" data-verdict={verdict} data-scope={judgement.scope}>
      <Sign name={verdict}>
        <Title of={said.headline} />
        <p className={compare ? "verify-compare" : undefined}>
          <Words of={compare ? steps[0] : said.lead} />
        </p>
        {checked ? (
          <p className="verify-scope">
            <Words of={checked} />
          </p>
        ) : null}
      </Sign>
      <div className="verify-body">
        {compare ? (
          <p className="verify-compare">
            <Words of={steps[0]} />
          </p>
        ) : null}
        {compare ? <Fields texts={texts} told={told} judgement={judgement} /> : null}
        {compare ? null : (
          <ul className="verify-why">
            {why
              .filter((code) => !SAID.includes(code))
              .map((code) => (told.reasons[code] ? <Why key={code} of={told.reasons[code].headline} code={code} /> : null))}
          </ul>
        )}
        {warns.map((code) => (
          <Note key={code} kind="warn" of={told.reasons[code].headline} name={code} />
        ))}
        {compare ? null : <Steps texts={texts} steps={steps} phone={verdict !== "unreadable"} />}
        {compare ? null : <Fields texts={texts} told={told} judgement={judgement} />}
        <Ages texts={texts} judgement={judgement} kept={kept} />
      </div>
      <div className="verify-do">
        {compare ? <Compared texts={texts} checking={checking} /> : <Onward texts={texts} checking={checking} judgement={judgement} />}
      </div>
    </div>
  );
}

function Why(/** @type {{ of: any, code: string }} */ { of, code }) {
  return (
    <li data-reason={code}>
      <Icon name="info" />
      <span>
        <Words of={of} />
      </span>
    </li>
  );
}

function Compared(/** @type {{ texts: any, checking: Props["checking"] }} */ { texts, checking }) {
  return (
    <>
      <Button of={texts.something_differs} name="differs" act={() => checking.go("differs")} />
      <Button of={texts.all_same} name="same" look="primary mirror" act={() => checking.go("same")} />
    </>
  );
}

function Onward(/** @type {{ texts: any, checking: Props["checking"], judgement: import("./steps.js").Judgement }} */ { texts, checking, judgement }) {
  const suspicious = isSuspicious(judgement);
  const { verdict, scope } = judgement;
  const nothing = verdict === "unreadable" || verdict === "not_ours";
  const again = nothing ? (scope === "code" ? texts.scan_again : texts.again) : texts.another;
  return (
    <>
      {verdict === "unreadable" ? <Button of={texts.type} name="type" act={checking.type} /> : null}
      {suspicious ? <Button of={texts.report} name="report" icon="flag" act={() => checking.go("report")} /> : null}
      <Button of={again} name="again" icon={again === texts.again ? "arrow-clockwise" : "scan"} look="primary mirror" act={checking.again} />
    </>
  );
}
