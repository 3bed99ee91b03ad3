// The public page of the index: how satisfied visitors are, element by element. Nothing on it is touched but the way to the survey.
import { Link } from "react-router";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { along, bands, beginOf, both, dayText, gradeName, isShown, weakest } from "./index_rules.js";
import { useIndex } from "./use_index.js";

/**
 * @typedef {import("$/public/external/kiosk/ui/words.js").Texts} Texts
 * @typedef {import("./index_rules.js").Current} Current
 */

/** `<IndexPage texts />` */
export function IndexPage(/** @type {{ texts: Texts }} */ { texts }) {
  const copy = useIndex();
  if (copy === null) return <p className="t2 ikm-wait" aria-busy="true" />;
  const current = copy.body;
  return (
    <div className="ikm" data-index={current?.index ?? ""}>
      {isShown(current) ? <Whole texts={texts} current={current} /> : <None texts={texts} missing={copy.missing} />}
      <Link to="/survey" className="btn start ikm-go">
        <Icon name="chat-circle-text-duo" />
        <Words of={texts.answer} />
      </Link>
    </div>
  );
}

function None(/** @type {{ texts: Texts, missing: boolean }} */ { texts, missing }) {
  return (
    <p className="note" role="status">
      <Icon name="info" />
      <span>
        <Words of={missing ? texts.unreachable : texts.too_few} />
      </span>
    </p>
  );
}

function Whole(/** @type {{ texts: Texts, current: Current }} */ { texts, current }) {
  return (
    <>
      <section className="panel ikm-index">
        <Figure texts={texts} current={current} />
        <Scale current={current} />
        <dl className="ikm-facts">
          <div>
            <dt>
              <Words of={texts.respondents} />
            </dt>
            <dd>
              <Words of={both(current.n ?? 0)} />
            </dd>
          </div>
          <div>
            <dt>
              <Words of={texts.period} />
            </dt>
            <dd>{current.name ? <Words of={current.name} /> : null}</dd>
            {current.to ? (
              <dd className="t2">
                <Words of={texts.until} /> <Words of={dayText(current.to)} />
              </dd>
            ) : null}
          </div>
        </dl>
      </section>
      <Elements texts={texts} current={current} />
      <People texts={texts} current={current} />
      <p className="t2 ikm-method">
        <Words of={texts.method} facts={{ weight: current.weight }} />
      </p>
    </>
  );
}

function Figure(/** @type {{ texts: Texts, current: Current }} */ { texts, current }) {
  const name = gradeName(current);
  return (
    <p className="ikm-figure">
      <span className="num">
        <Words of={both(current.index ?? "")} />
      </span>
      {name ? (
        <span>
          <b className="dsp">
            <Words of={texts.grade} /> {current.grade}
          </b>
          <br />
          <Words of={name} />
        </span>
      ) : null}
    </p>
  );
}

/** The bar from 25 to 100 with its grades, and where the index stands. */
function Scale(/** @type {{ current: Current }} */ { current }) {
  return (
    <svg className="chart scale" width="100%" aria-hidden="true">
      {bands(current.grades, 25, 100).map((band) => (
        <g key={band.grade}>
          <rect x={`${band.x}%`} width={`${band.width}%`} y="0.8rem" height="1.6rem" className={`band-${band.grade}`} />
          <text x={`${band.x + band.width / 2}%`} y="1.95rem" className={`grade on-${band.grade}`}>
            {band.grade}
          </text>
        </g>
      ))}
      <svg x={`${along(Number(current.index), 25, 100)}%`} y="0.75rem" overflow="visible" className="marker" aria-hidden="true">
        <path d="M0 0l-7-11h14z" />
      </svg>
    </svg>
  );
}

function Elements(/** @type {{ texts: Texts, current: Current }} */ { texts, current }) {
  const begin = beginOf(current.elements);
  const ground = bands(current.grades, begin, 4, 25);
  const weak = weakest(current.elements);
  return (
    <section className="panel ikm-elements">
      <h2>
        <Words of={texts.elements} />
      </h2>
      <ol>
        {current.elements.map((one) => (
          <li key={one.key} data-element={one.key}>
            <span className="ikm-name">
              <Words of={one.name} />
            </span>
            <span className="ikm-track">
              <svg className="chart track" aria-hidden="true">
                {ground.map((band) => (
                  <rect key={band.grade} x={`${band.x}%`} width={`${band.width}%`} y="0" height="100%" className={`band-${band.grade}`} />
                ))}
                <line x1="0" x2="100%" y1="50%" y2="50%" className="rule" />
                {one.mean === null ? null : <Dot place={along(Number(one.mean), begin, 4)} weak={weak.includes(one.key)} />}
              </svg>
            </span>
            <b className="ikm-value">{one.mean === null ? <Words of={texts.few} /> : <Words of={both(one.mean)} />}</b>
          </li>
        ))}
      </ol>
      <p className="t2">
        <span className="sign-weak">◆</span> <Words of={texts.weakest} />
      </p>
    </section>
  );
}

function Dot(/** @type {{ place: number, weak: boolean }} */ { place, weak }) {
  return (
    <svg x={`${place}%`} y="50%" overflow="visible" aria-hidden="true">
      {weak ? <path d="M0-10l10 10-10 10-10-10z" className="dot weak" /> : <circle cx="0" cy="0" r="8" className="dot" />}
    </svg>
  );
}

/** Respondents by sex and education, as the regulation's notice tells them. */
function People(/** @type {{ texts: Texts, current: Current }} */ { texts, current }) {
  const told = Object.entries(current.profile).filter(([, groups]) => groups.length > 0);
  if (told.length === 0) return null;
  return (
    <section className="panel ikm-people">
      {told.map(([part, groups]) => (
        <div key={part}>
          <h3>{texts[part] ? <Words of={texts[part]} /> : part}</h3>
          <dl>
            {groups.map((group) => (
              <div key={group.key}>
                <dt>
                  <Words of={group.name} />
                </dt>
                <dd>{group.n === null ? <Words of={texts.few} /> : <Words of={both(group.n)} />}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
