// The ways to check a letter, and how old the lists are that it is checked against.
import { useRef } from "react";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { useOffice } from "$/public/external/kiosk/ui/office.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Age } from "./fields.jsx";
import { Head, Note } from "./parts.jsx";
import { LetterPicture } from "./signs.jsx";

/** @typedef {import("./verify.jsx").Props} Props */

export function Choose(/** @type {Props} */ { texts, told, checking }) {
  const { state, trust } = checking;
  const missing = trust?.copy.missing ?? false;
  return (
    <div className="verify" data-step="choose">
      <Head of={texts.title} lead={texts.lead} />
      {state.problem ? <Note kind="warn" of={texts.refused} help={texts[state.problem] ?? texts.needs_node} name={state.problem} /> : null}
      <LetterPicture />
      <div className="verify-ways">
        <button type="button" className="tile verify-way is-first" data-do="scan" onClick={checking.scan}>
          <Icon name="qr-code-duo" className="pic" />
          <Way title={texts.scan} help={texts.scan_help} />
          <Icon name="arrow-right" className="arr" />
        </button>
        <button type="button" className="tile verify-way mirror" data-do="type" onClick={checking.type}>
          <Icon name="keyboard-duo" className="pic" />
          <Way title={texts.type} help={texts.type_help} />
          <Icon name="arrow-right" className="arr" />
        </button>
        {checking.takesFiles ? <Upload texts={texts} take={checking.takeFile} /> : null}
      </div>
      {missing ? <Note kind="warn" of={texts.knows_nothing} name="no-list" /> : <Known texts={texts} told={told} trust={trust} />}
    </div>
  );
}

function Way(/** @type {{ title: any, help: any }} */ { title, help }) {
  return (
    <span className="verify-way-words">
      <span className="verify-way-title">
        <Words of={title} />
      </span>
      <span className="verify-way-help">
        <Words of={help} />
      </span>
    </span>
  );
}

/** A file of the visitor's own device. A screen in the hall has none, and opens no dialog. */
function Upload(/** @type {{ texts: any, take: (file: File) => void }} */ { texts, take }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  return (
    <>
      <button type="button" className="tile verify-way" data-do="upload" onClick={() => input.current?.click()}>
        <Icon name="file-arrow-up-duo" className="pic" />
        <Way title={texts.upload} help={texts.upload_help} />
        <Icon name="arrow-right" className="arr" />
      </button>
      <FileInput input={input} accept="application/pdf,image/*" take={take} />
    </>
  );
}

/** `capture`: a phone opens its camera at once. */
export function FileInput(
  /** @type {{ input: { current: HTMLInputElement | null }, accept: string, capture?: "environment", take: (file: File) => void }} */ {
    input,
    accept,
    capture,
    take,
  },
) {
  return (
    <input
      ref={input}
      type="file"
      hidden
      accept={accept}
      capture={capture}
      onChange={(event) => {
        const file = event.target.files?.[0];
        event.target.value = ""; // the same file may be chosen again, and its name goes
        if (file) take(file);
      }}
    />
  );
}

/** The age of the list that a check would use now. */
function Known(/** @type {{ texts: any, told: any, trust: import("./use_check.js").Trust | null }} */ { texts, told, trust }) {
  const office = useOffice();
  if (!trust?.known) return null;
  return (
    <div className="verify-known">
      <Age texts={texts} of={texts.knows} iso={trust.known.as_of} zone={office?.zone} />
      {trust.known.stale ? <Note kind="warn" of={told.reasons.trust_stale.headline} name="stale" /> : null}
    </div>
  );
}
