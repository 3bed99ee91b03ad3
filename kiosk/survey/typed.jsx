// What is written: a suggestion, and the code of a queue number. A standing panel has letters on its screen; tablets and phones
// bring their own.

import { Keyboard } from "$/public/external/kiosk/catalogue/keyboard.jsx";
import { shown, signsOf } from "$/public/external/kiosk/devices/enrol.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { AboutHead } from "./about.jsx";
import { Skip } from "./asked.jsx";
import { CODE_SIGNS, LONGEST } from "./form.js";
import { useSurface } from "./use_survey.js";

/** @typedef {import("./survey.jsx").Props} Props */

const NEARLY_FULL = 100;

export function Suggestion(/** @type {Props} */ { texts, answering, state }) {
  const onScreen = useSurface() === "kiosk";
  const write = (/** @type {(text: string) => string} */ change) => answering.write(change);
  const left = LONGEST - state.suggestion.length;
  return (
    <div className="ask ask-typed" data-step="suggestion">
      <AboutHead texts={texts} answering={answering} of={texts.suggestion} id="ask-suggestion" title="your_suggestion" />
      <div className="ask-body">
        <textarea
          className="ask-field"
          rows={4}
          maxLength={LONGEST}
          inputMode={onScreen ? "none" : "text"}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          aria-labelledby="ask-suggestion"
          aria-describedby="ask-suggestion-help"
          value={state.suggestion}
          onChange={(event) => write(() => event.target.value)}
        />
        <p className="t2" id="ask-suggestion-help">
          <Words of={texts.suggestion_help} />
          {left <= NEARLY_FULL ? (
            <>
              {" "}
              <Words of={texts.letters_left} facts={{ count: left }} />
            </>
          ) : null}
        </p>
        {onScreen ? <Keyboard texts={texts} write={write} close={() => answering.on()} /> : null}
      </div>
      <OnWith texts={texts} answering={answering} written={state.suggestion.trim() !== ""} />
    </div>
  );
}

export function Code(/** @type {Props} */ { texts, answering, state }) {
  const onScreen = useSurface() === "kiosk";
  const write = (/** @type {(text: string) => string} */ change) => answering.type((code) => signsOf(change(code)));
  return (
    <div className="ask ask-typed" data-step="code">
      <AboutHead texts={texts} answering={answering} of={texts.code} id="ask-code" title="survey_code" />
      <div className="ask-body">
        <input
          className="ask-field ask-code num"
          type="text"
          inputMode={onScreen ? "none" : "text"}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-labelledby="ask-code"
          aria-describedby="ask-code-help"
          value={shown(state.code)}
          onChange={(event) => write(() => event.target.value)}
        />
        <p className="t2" id="ask-code-help">
          <Words of={texts.code_help} />
        </p>
        {onScreen ? <Keyboard texts={texts} write={write} close={() => answering.on()} /> : null}
      </div>
      <OnWith texts={texts} answering={answering} written={state.code.length === CODE_SIGNS} />
    </div>
  );
}

/** On with what is written, or without. */
function OnWith(/** @type {Pick<Props, "texts" | "answering"> & { written: boolean }} */ { texts, answering, written }) {
  return (
    <div className="ask-do">
      <button type="button" className="btn" data-do="finish-now" onClick={() => answering.finish()}>
        <Words of={texts.finish_now} />
      </button>
      {written ? (
        <button type="button" className="btn primary mirror" data-do="go-on" onClick={() => answering.on()}>
          <Words of={texts.go_on} />
          <Icon name="arrow-right" />
        </button>
      ) : (
        <Skip texts={texts} answering={answering} />
      )}
    </div>
  );
}
