// The six parts of a standard that concern the public (PermenPANRB 15/2014), each also when the document leaves it out.
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Channels, Instead, Lines, Source } from "./parts.jsx";
import { Procedure } from "./procedure.jsx";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {{ texts: Texts, standard: any }} Props */

/** `children`: what can be done as soon as one knows what to bring. */
export function Delivery(/** @type {Props & { children: import("react").ReactNode }} */ { texts, standard, children }) {
  return (
    <>
      <Needs texts={texts} standard={standard} />
      {children}
      <Part texts={texts} title="procedure" there={standard.procedure}>
        {() => <Procedure texts={texts} standard={standard} />}
      </Part>
      <Part texts={texts} title="time" there={standard.time_limit}>
        {(time) => (
          <>
            <p>
              <Source of={time.text} en={standard.translation?.en?.time_limit} />
            </p>
            {time.starts.length ? (
              <p className="t2">
                <Words of={texts.counted_from} />
              </p>
            ) : null}
            <Lines of={time.starts} />
          </>
        )}
      </Part>
      <Part texts={texts} title="fee" there={standard.fee}>
        {(fee) => (
          <p>
            <Source of={fee.text} en={standard.translation?.en?.fee} />
          </p>
        )}
      </Part>
      <Part texts={texts} title="product" there={standard.product}>
        {(product) => (
          <>
            <p>
              <Source of={product.name} en={standard.translation?.en?.product} />
            </p>
            {product.validity ? (
              <p>
                <Source of={product.validity} en={standard.translation?.en?.validity} />
              </p>
            ) : null}
          </>
        )}
      </Part>
      <Part texts={texts} title="complaints" there={standard.complaints}>
        {(complaints) => <Complaints texts={texts} complaints={complaints} />}
      </Part>
    </>
  );
}

/** A part under its heading. @param {{ texts: Texts, title: string, there: any, children: (part: any) => import("react").ReactNode }} props */
function Part({ texts, title, there, children }) {
  return (
    <section className="part" id={title}>
      <h2>
        <Words of={texts[title]} />
      </h2>
      {there ? (
        children(there)
      ) : (
        <p className="t2">
          <Words of={texts.not_in_document} />
        </p>
      )}
    </section>
  );
}

function Needs(/** @type {Props} */ { texts, standard }) {
  const asked = standard.requirements;
  const en = standard.translation?.en;
  const count = asked?.items.length ?? 0;
  return (
    <section className="part" id="requirements">
      <h2>{count ? <Words of={texts[count === 1 ? "bring_one" : "bring"]} facts={{ count }} /> : <Words of={texts.requirements} />}</h2>
      {asked?.text ? (
        <p>
          <Source of={asked.text} en={en?.requirements_text} />
        </p>
      ) : null}
      {asked && !asked.listed ? <Ministry texts={texts} name={standard.nspk_ministry} /> : null}
      {asked ? null : <Instead texts={texts} title="not_in_document" text="ask_desk" />}
      <ol className="req">
        {(asked?.items ?? []).map((/** @type {any} */ item, /** @type {number} */ place) => (
          <li key={item.order} value={item.order}>
            <span>
              <Source of={item.text} en={en?.requirements[place]} />
              {item.condition ? (
                <span className="badge condition">
                  <Words of={texts.only_if} /> <span lang="id">{item.condition}</span>
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** "Sesuai NSPK" is no list: a ministry keeps it, and the information desk knows it. */
function Ministry(/** @type {{ texts: Texts, name: string | null }} */ { texts, name }) {
  return (
    <div className="note">
      <Icon name="info" />
      <p>
        <b>
          <Words of={texts.set_by} /> {name ? <span lang="id">{name}</span> : <Words of={texts.the_ministry} />}.
        </b>{" "}
        <Words of={texts.ask_for_list} />
      </p>
    </div>
  );
}

function Complaints(/** @type {{ texts: Texts, complaints: any }} */ { texts, complaints }) {
  return (
    <>
      {complaints.system ? (
        <p>
          <Words of={texts.through} /> <b lang="id">{complaints.system}</b>
        </p>
      ) : null}
      <Lines of={complaints.ways} />
      {complaints.face_to_face.length ? (
        <h3>
          <Words of={texts.face_to_face} />
        </h3>
      ) : null}
      <Lines of={complaints.face_to_face} />
      {complaints.online.length ? (
        <h3>
          <Words of={texts.online} />
        </h3>
      ) : null}
      <Channels texts={texts} of={complaints.online} />
      <Channels texts={texts} of={complaints.channels} />
      {complaints.hours ? <p lang="id">{complaints.hours}</p> : null}
    </>
  );
}
