// A report of a letter that somebody finds suspicious: what was read, what was found, and a note; nobody's name.
import { useEffect, useRef, useState } from "react";
import { Keyboard } from "$/public/external/kiosk/catalogue/keyboard.jsx";
import { uuid7 } from "$/public/external/kiosk/queues/uuid7.js";
import { post } from "$/public/external/kiosk/ui/post.js";
import { fillRandom } from "$/public/external/kiosk/ui/random.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Button, Head, Note, Telephone, Title, useSurface } from "./parts.jsx";
import { Sign } from "./signs.jsx";

/** @typedef {import("./verify.jsx").Props} Props */

const PATH = "/api/v1/letters/suspicions";
const LONGEST = 300;

/** What is told of a letter; the same id each time it is tried. @param {import("./steps.js").State} state @param {string} id @param {string} note */
export function reportOf({ judgement, text }, id, note) {
  return {
    id,
    verdict: judgement?.verdict,
    scope: judgement?.scope,
    ...(text ? { text } : {}),
    ...(judgement?.fields?.number ? { number: judgement.fields.number } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
}

export function Report(/** @type {Props} */ { texts, checking }) {
  const [note, setNote] = useState("");
  const [sent, setSent] = useState(/** @type {"" | "sending" | "failed" | "often" | "done"} */ (""));
  const [reference, setReference] = useState("");
  const id = useRef("");
  useEffect(() => checking.say("verify-report"), [checking.say]);
  const send = async () => {
    id.current ||= uuid7(Date.now(), fillRandom);
    setSent("sending");
    const answer = await post(PATH, reportOf(checking.state, id.current, note));
    setReference(String(answer.body?.reference ?? ""));
    setSent(answer.ok ? "done" : answer.status === 429 ? "often" : "failed");
  };
  if (sent === "done") return <Reported texts={texts} reference={reference} begin={checking.begin} />;
  return (
    <div className="verify verify-report" data-step="report">
      <Head of={texts.report_title} lead={texts.report_lead} />
      <Noted texts={texts} note={note} write={(change) => setNote((before) => change(before).slice(0, LONGEST))} />
      {sent === "failed" || sent === "often" ? (
        <>
          <Note kind="warn" of={texts.not_sent} help={sent === "often" ? texts.too_often : texts.not_sent_help} name="not-sent" />
          <Telephone texts={texts} />
        </>
      ) : null}
      <div className="verify-do">
        <Button of={sent === "sending" ? texts.sending : texts.send} name="send" icon="flag" look="primary mirror" act={send} disabled={sent === "sending"} />
      </div>
    </div>
  );
}

/** @typedef {{ texts: any, note: string, write: (change: (text: string) => string) => void }} NotedProps */

function Noted(/** @type {NotedProps} */ { texts, note, write }) {
  const onScreen = useSurface() === "kiosk";
  const [typing, setTyping] = useState(false);
  return (
    <div className="verify-noted">
      <label htmlFor="verify-note">
        <Words of={texts.note} />
      </label>
      <textarea
        id="verify-note"
        className="ask-field"
        rows={3}
        maxLength={LONGEST}
        inputMode={onScreen ? "none" : "text"}
        autoComplete="off"
        spellCheck={false}
        aria-describedby="verify-note-help"
        value={note}
        onFocus={() => setTyping(true)}
        onChange={({ target: { value: typed } }) => write(() => typed)}
      />
      <p className="t2" id="verify-note-help">
        <Words of={texts.note_help} />
      </p>
      {onScreen && typing ? <Keyboard texts={texts} write={write} close={() => setTyping(false)} /> : null}
    </div>
  );
}

function Reported(/** @type {{ texts: any, reference: string, begin: () => void }} */ { texts, reference, begin }) {
  return (
    <div className="verify verify-result" data-step="reported">
      <Sign name="sent">
        <Title of={texts.reported} />
        <p>
          <Words of={texts.reported_lead} />
        </p>
        <p className="num verify-reference" data-reference>
          {reference}
        </p>
      </Sign>
      <div className="verify-body">
        <Note of={texts.reported_help} />
      </div>
      <div className="verify-do">
        <Button of={texts.another} name="again" icon="scan" look="primary mirror" act={begin} />
      </div>
    </div>
  );
}
