// Before the answers go: every one of them, to be changed with a touch; and the button that hands them in.

import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Face } from "./faces.jsx";
import { bodyOf } from "./form.js";
import { useHeading } from "./use_survey.js";

/** @typedef {import("./survey.jsx").Props} Props */

export function Ending(/** @type {Props} */ { texts, form, answering, state }) {
  const head = useHeading();
  const nothing = bodyOf(state) === null;
  return (
    <div className="ask ask-end" data-step="end">
      <div className="ask-head">
        <h1 ref={head} tabIndex={-1}>
          <Words of={nothing ? texts.nothing : texts.ready} />
        </h1>
        <p className="t2">
          <Words of={nothing ? texts.nothing_help : texts.change_help} />
        </p>
      </div>
      <ol className="ask-answers">
        {form.elements.map((element, place) => (
          <li key={element.key}>
            <Answer texts={texts} answering={answering} element={element} place={place + 1} score={state.scores[element.key]} />
          </li>
        ))}
      </ol>
      <div className="ask-do">
        {state.phase === "failed" ? <Failed texts={texts} /> : null}
        {nothing ? (
          <button type="button" className="btn start" data-do="restart" onClick={() => answering.restart()}>
            <Words of={texts.to_first} />
          </button>
        ) : (
          <button type="button" className="btn start" data-do="send" aria-busy={state.phase === "handing"} onClick={() => void answering.send()}>
            <Icon name="check" />
            <span>
              <Words of={state.phase === "handing" ? texts.sending : state.phase === "failed" ? texts.again : texts.send} />
            </span>
          </button>
        )}
      </div>
    </div>
  );
}

/** Number, face and word of one answer; the number is the form's. */
function Answer(
  /** @type {Pick<Props, "texts" | "answering"> & { element: import("./form.js").Element, place: number, score: number | undefined }} */ {
    texts,
    answering,
    element,
    place,
    score,
  },
) {
  const said = score === undefined ? undefined : element.answers[score - 1];
  return (
    <button type="button" className="opt ask-answer" data-change={element.key} data-said={score ?? 0} onClick={() => answering.change(element.key)}>
      <span className="num">{place}</span>
      {score === undefined ? <span className="ask-none" aria-hidden="true" /> : <Face score={score} />}
      <span className="ask-answer-words">
        <span className="ask-name">
          <Words of={element.name} />
        </span>
        <span className="ask-short">
          <Words of={texts[`short_${element.key}`] ?? element.name} />
        </span>
        <b>
          <Words of={said ?? texts.skipped} />
        </b>
      </span>
    </button>
  );
}

function Failed(/** @type {Pick<Props, "texts">} */ { texts }) {
  return (
    <div className="note bad" role="alert">
      <Icon name="warning-circle" />
      <p>
        <b>
          <Words of={texts.failed} />
        </b>{" "}
        <Words of={texts.failed_help} />
      </p>
    </div>
  );
}
