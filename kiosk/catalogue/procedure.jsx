// The steps of a service: who does each, how long it takes, and on request what it consists of.
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { bases, ranges, whoDoes } from "./facts.js";
import { Lines, Source } from "./parts.jsx";

/** @typedef {import("../ui/words.js").Texts} Texts */

export function Procedure(/** @type {{ texts: Texts, standard: any }} */ { texts, standard }) {
  const { systems, roles, steps } = standard.procedure;
  const en = standard.translation?.en?.steps ?? [];
  return (
    <>
      <p className="t2">
        <Words of={texts.steps} facts={{ count: standard.procedure.step_count }} />
        {systems.length ? (
          <>
            {" "}
            · <Words of={texts.through} /> <span lang="id">{systems.join(", ")}</span>
          </>
        ) : null}
      </p>
      <ol className="steps">
        {steps.map((/** @type {any} */ step, /** @type {number} */ place) => (
          <Step texts={texts} step={step} en={en[place]} key={step.order} />
        ))}
      </ol>
      {roles.length ? (
        <p className="t2">
          <Words of={texts.roles} /> <span lang="id">{roles.join(", ")}</span>
        </p>
      ) : null}
      {bases(steps).map(([basis, orders]) => (
        <p className="t2" key={basis}>
          <Words of={texts.basis} facts={{ steps: ranges(orders) }} /> <span lang="id">{basis}</span>.
        </p>
      ))}
    </>
  );
}

function Step(/** @type {{ texts: Texts, step: any, en: string | undefined }} */ { texts, step, en }) {
  const who = whoDoes(step);
  const inside = step.details.length + step.notes.length;
  return (
    <li value={step.order}>
      <span className="num step-number">{step.order}</span>
      <div>
        <p className="step-facts">
          {who.length ? <b lang="id">{who.join(", ")}</b> : null}
          {step.time ? (
            <span className="badge">
              <Icon name="clock" />
              <span lang="id">{step.time.text}</span>
            </span>
          ) : null}
        </p>
        <p>
          <Source of={step.text} en={en} />
        </p>
        {inside ? (
          <details className="fold small">
            <summary>
              <span>
                <Words of={texts.details} facts={{ count: inside }} />
              </span>
              <Icon name="caret-down" />
            </summary>
            <div className="fold-body">
              <Lines of={step.details} />
              {step.notes.length ? (
                <p className="t2">
                  <Words of={texts.notes} />
                </p>
              ) : null}
              <Lines of={step.notes} />
            </div>
          </details>
        ) : null}
      </div>
    </li>
  );
}
