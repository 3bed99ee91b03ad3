// One question of the regulation with its four answers: faces of the same weight, without colour, worst to best as the form has them.

import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Face } from "./faces.jsx";
import { marksOf } from "./form.js";
import { useHeading } from "./use_survey.js";

/** @typedef {import("./survey.jsx").Props} Props */

const LONG = 90; // letters of a question that takes a smaller size on a low screen

export function Asked(/** @type {Props} */ { texts, form, answering, state }) {
  const head = useHeading();
  const { element } = answering;
  if (!element) return null;
  const longest = Math.max(element.question.id.length, element.question.en.length);
  return (
    <div className={`ask ask-question${longest > LONG ? " is-long" : ""}`} data-step={element.key}>
      <div className="ask-head">
        <Progress texts={texts} form={form} state={state} place={form.elements.indexOf(element) + 1} />
        <h1 ref={head} tabIndex={-1} id="ask-question" aria-describedby="ask-progress">
          <Words of={element.question} />
        </h1>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would have to stand in it; the question stands above */}
      <div className="faces" role="group" aria-labelledby="ask-question">
        {element.answers.map((answer, place) => (
          <button
            type="button"
            className="face"
            key={answer.id}
            data-score={place + 1}
            aria-pressed={state.scores[element.key] === place + 1}
            onClick={() => answering.score(place + 1)}
          >
            <Face score={place + 1} />
            <span className="face-word">
              <span>
                <Words of={answer} />
              </span>
            </span>
          </button>
        ))}
      </div>
      <Skip texts={texts} answering={answering} />
    </div>
  );
}

/** "Question 3 of 9", and a mark for each. Only to be read: back is in the dock. */
function Progress(/** @type {Pick<Props, "texts" | "form" | "state"> & { place: number }} */ { texts, form, state, place }) {
  return (
    <div className="ask-progress">
      <p className="b nw" id="ask-progress">
        <Words of={texts.question_of} facts={{ place, count: form.elements.length }} />
      </p>
      <ol className="ask-ticks" aria-hidden="true">
        {marksOf(form, state).map(({ key, now, answered, passed }) => (
          <li key={key} className={now ? "is-now" : answered ? "is-done" : passed ? "is-passed" : ""} />
        ))}
      </ol>
    </div>
  );
}

export function Skip(/** @type {Pick<Props, "texts" | "answering">} */ { texts, answering }) {
  return (
    <button type="button" className="btn ask-skip mirror" data-do="skip" onClick={() => answering.skip()}>
      <Words of={texts.skip} />
      <Icon name="arrow-right" />
    </button>
  );
}
