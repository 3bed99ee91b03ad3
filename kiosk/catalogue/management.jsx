// The eight parts of a standard about the office itself, folded, and whatever else the document holds.
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Fold, Lines, Source } from "./parts.jsx";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {{ texts: Texts, standard: any }} Props */

export function Management(/** @type {Props} */ { texts, standard }) {
  return (
    <>
      {standard.components.management.map((/** @type {string} */ name) => (
        <Fold title={<Words of={texts[name]} />} key={name}>
          <Component texts={texts} part={standard[name]} />
        </Fold>
      ))}
      <Extras texts={texts} standard={standard} />
    </>
  );
}

/** A list of groups, a legal basis, or a text with a number: whichever of the three shapes a component has. */
function Component(/** @type {{ texts: Texts, part: any }} */ { texts, part }) {
  if (!part || part.length === 0)
    return (
      <p className="t2">
        <Words of={texts.not_in_document} />
      </p>
    );
  if (!Array.isArray(part))
    return part.items ? (
      <Lines of={part.items} />
    ) : (
      <p>
        <Source of={part.text} />
      </p>
    );
  return part.map((/** @type {any} */ group, /** @type {number} */ place) => (
    <div className="group" key={`${place}${group.heading}`}>
      {group.heading ? (
        <h3>
          <Words of={texts[group.heading]} />
        </h3>
      ) : null}
      {group.name ? <h3 lang="id">{group.name}</h3> : null}
      {group.text ? <p lang="id">{group.text}</p> : null}
      <Lines of={group.items} />
    </div>
  ));
}

function Extras(/** @type {Props} */ { texts, standard }) {
  const { consultation, forms, service_hours: hours, related_documents: related } = standard;
  return (
    <>
      {consultation ? (
        <Fold title={<Words of={texts.consultation} />}>
          <Consultation texts={texts} consultation={consultation} />
        </Fold>
      ) : null}
      {forms.length ? (
        <Fold title={<Words of={texts.forms} />}>
          <Lines of={forms} />
        </Fold>
      ) : null}
      {hours ? (
        <Fold title={<Words of={texts.hours} />}>
          <p lang="id">{hours.text}</p>
        </Fold>
      ) : null}
      {related.length ? (
        <Fold title={<Words of={texts.related} />}>
          <Lines of={related.map((/** @type {any} */ one) => `${one.title} (${one.code})`)} />
        </Fold>
      ) : null}
      <Fold title={<Words of={texts.about} />}>
        <About texts={texts} standard={standard} />
      </Fold>
    </>
  );
}

function Consultation(/** @type {{ texts: Texts, consultation: any }} */ { texts, consultation }) {
  return (
    <>
      <ol className="steps">
        {consultation.steps.map((/** @type {any} */ step, /** @type {number} */ place) => (
          <li key={`${place}${step.number}`}>
            <span className="num step-number">{step.number}</span>
            <div>
              <p lang="id">{step.text}</p>
              {step.decisions.length ? (
                <p className="t2" lang="id">
                  {step.decisions.join(" / ")}
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      <p className="t2">
        <Words of={texts.roles} /> <span lang="id">{consultation.roles.join(", ")}</span>
      </p>
    </>
  );
}

/** What the document says about itself, as printed. */
function About(/** @type {Props} */ { texts, standard }) {
  const { document: paper, enactment } = standard;
  const enacted = enactment && [enactment.place, enactment.date_text, enactment.signatory].join(", ");
  const motto = [standard.motto, standard.motto_meaning].filter(Boolean).join(" ");
  const facts = [
    ["printed_name", standard.name],
    ["printed_title", paper.title],
    ["kind", paper.kind],
    ["group", paper.group],
    ["order", paper.order],
    ["number", paper.number],
    ["revision", paper.revision],
    ["created", paper.created],
    ["revised", paper.revised],
    ["effective", paper.effective],
    ["pages", paper.pages],
    ["agency", standard.agency],
    ["unit", standard.unit],
    ["region", standard.region],
    ["enacted_by", standard.enacted_by],
    ["enacted", enacted],
    ["ministry", standard.nspk_ministry],
    ["motto", motto],
  ];
  return (
    <dl className="about">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>
              <Words of={texts[name]} />
            </dt>
            <dd lang="id">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
