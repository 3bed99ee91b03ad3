// The survey: a beginning, nine questions, a few words about oneself, an end. Works with the node gone: the questionnaire is part of
// the page, and what was answered waits on this device.

import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { About, Chosen } from "./about.jsx";
import { Asked } from "./asked.jsx";
import { Ending } from "./ending.jsx";
import { Face } from "./faces.jsx";
import { nameOf } from "./form.js";
import { Thanks } from "./thanks.jsx";
import { Code, Suggestion } from "./typed.jsx";
import { useAnswering, useHeading, useWaiting } from "./use_survey.js";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {import("./form.js").Form} Form */
/** @typedef {{ texts: Texts, form: Form, answering: import("./survey.js").Answering, state: import("./form.js").State }} Props */

/** `<AskVisitor texts form />`; `form` is the questionnaire of this build. */
export function AskVisitor(/** @type {{ texts: Texts, form: Form }} */ { texts, form }) {
  const { answering, state } = useAnswering(form);
  const props = { texts, form, answering, state };
  if (state.phase === "done") return <Thanks texts={texts} answering={answering} />;
  if (state.at === "start") return <Start {...props} />;
  if (state.at === "end") return <Ending {...props} />;
  if (state.at === "suggestion") return <Suggestion {...props} />;
  if (state.at === "code") return <Code {...props} />;
  if (state.at === "service") return <Chosen {...props} />;
  if (state.at.startsWith("about:")) return <About {...props} key={state.at} part={nameOf(state.at)} />;
  return <Asked {...props} key={state.at} />;
}

function Start(/** @type {Props} */ { texts, answering, state }) {
  const head = useHeading();
  return (
    <div className="ask ask-start" data-step="start">
      <div className="ask-head">
        <div className="ask-row" aria-hidden="true">
          {[1, 2, 3, 4].map((score) => (
            <Face score={score} key={score} />
          ))}
        </div>
        <h1 ref={head} tabIndex={-1}>
          <Words of={texts.title} />
        </h1>
        <p className="lead">
          <Words of={texts.lead} />
        </p>
      </div>
      <div className="ask-body">
        <button type="button" className="tile go ask-go" data-do="begin" onClick={() => answering.on()}>
          <span>
            <span className="go-title">
              <Words of={texts.begin} />
            </span>
            <span className="go-help">
              <Words of={texts.begin_help} /> <Words of={texts.may_skip} />
            </span>
          </span>
          <Icon name="arrow-right" className="arr" />
        </button>
        <p className="note">
          <Icon name="lock-key" />
          <span>
            <Words of={texts.free} />
          </span>
        </p>
        {state.given ? (
          <p className="note ok" data-given>
            <Icon name="ticket" />
            <span>
              <Words of={texts.given} />
            </span>
          </p>
        ) : null}
        <Waiting texts={texts} />
      </div>
    </div>
  );
}

/** How many answers wait here, for who looks after the tablet. */
export function Waiting(/** @type {{ texts: Texts }} */ { texts }) {
  const count = useWaiting();
  if (count === 0) return null;
  return (
    <p className="t2 ask-waiting" data-waiting-answers={count}>
      <Words of={texts[count === 1 ? "one_waiting" : "waiting"]} facts={{ count }} />
    </p>
  );
}
