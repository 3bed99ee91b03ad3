// What one may say about oneself, one thing a screen: the service that was used, and the groups that the regulation's form asks for.

import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Skip } from "./asked.jsx";
import { placeOf } from "./form.js";
import { useHeading } from "./use_survey.js";

/** @typedef {import("./survey.jsx").Props} Props */

/** Sex, age, education or work. */
export function About(/** @type {Props & { part: string }} */ { texts, form, answering, state, part }) {
  const groups = form.profile[part] ?? [];
  return (
    <Choice
      texts={texts}
      answering={answering}
      name={part}
      title={texts[part]}
      chosen={state.profile[part] ?? ""}
      options={groups.map(({ key, label }) => ({ key, of: label }))}
    />
  );
}

/** Which service was used: the office's own names. */
export function Chosen(/** @type {Props} */ { texts, answering, state }) {
  const options = answering.services.map(({ id, name, name_en }) => ({ key: id, of: { id: name, en: name_en ?? name } }));
  return <Choice texts={texts} answering={answering} name="service" title={texts.service} chosen={state.service} options={options} />;
}

/**
 * @typedef {object} ChoiceProps
 * @property {Props["texts"]} texts
 * @property {Props["answering"]} answering
 * @property {string} name
 * @property {{ id: string, en: string } | undefined} title
 * @property {string} chosen
 * @property {{ key: string, of: { id: string, en: string } }[]} options
 */

function Choice(/** @type {ChoiceProps} */ { texts, answering, name, title, chosen, options }) {
  return (
    <div className={`ask ask-about is-${name}`} data-step={name}>
      <AboutHead texts={texts} answering={answering} of={title} id="ask-about" />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would have to stand in it; the question stands above */}
      <div className={`ask-options${options.length > 2 ? "" : " is-two"}`} role="group" aria-labelledby="ask-about">
        {options.map(({ key, of }) => (
          <button type="button" className="opt" key={key} data-option={key} aria-pressed={key === chosen} onClick={() => answering.choose(key)}>
            <b>
              <Words of={of} />
            </b>
          </button>
        ))}
      </div>
      <OnWithout texts={texts} answering={answering} />
    </div>
  );
}

/**
 * @typedef {object} HeadProps
 * @property {Props["texts"]} texts
 * @property {Props["answering"]} answering
 * @property {{ id: string, en: string } | undefined} of
 * @property {string} id
 * @property {string} [title] of what it is a part, by its name among the texts
 */

/** "About you", how much of it there is, "Without a name", and what is asked. */
export function AboutHead(/** @type {HeadProps} */ { texts, answering, of, id, title = "about_you" }) {
  const head = useHeading();
  return (
    <div className="ask-head">
      <p className="ask-progress" id="ask-progress">
        <span className="b">
          <Words of={texts[title]} />
        </span>
        <span className="t2">
          <span className="nw" data-place>
            <Words of={texts.place_of} facts={placeOf(answering.steps, answering.state.at)} />
          </span>{" "}
          · <Words of={texts.no_name} />
        </span>
      </p>
      <h1 ref={head} tabIndex={-1} id={id} aria-describedby="ask-progress">
        {of ? <Words of={of} /> : null}
      </h1>
    </div>
  );
}

/** Past this one, or past all that is left. */
export function OnWithout(/** @type {Pick<Props, "texts" | "answering">} */ { texts, answering }) {
  return (
    <div className="ask-do">
      <button type="button" className="btn" data-do="finish-now" onClick={() => answering.finish()}>
        <Words of={texts.finish_now} />
      </button>
      <Skip texts={texts} answering={answering} />
    </div>
  );
}
