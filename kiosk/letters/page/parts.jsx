// Small parts of the page that checks letters.
import { useEffect, useRef, useState } from "react";
import { channelsOf, contactLink } from "$/public/external/kiosk/catalogue/contacts.js";
import { useStandards } from "$/public/external/kiosk/catalogue/use_catalogue.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";

/** @typedef {import("../../ui/words.js").Texts} Texts */
/** @typedef {{ id: string, en: string }} Both */

/** What this page is drawn for; "" before it is known. */
export function useSurface() {
  const [surface, setSurface] = useState("");
  useEffect(() => setSurface(document.documentElement.dataset.surface ?? ""), []);
  return surface;
}

/** The heading of a step: it comes into sight, and who listens to the page hears it. */
export function Head(/** @type {{ of: Both, lead?: Both | null, id?: string }} */ { of, lead = null, id }) {
  return (
    <div className="verify-head">
      <Title of={of} id={id} />
      {lead ? (
        <p className="lead">
          <Words of={lead} />
        </p>
      ) : null}
    </div>
  );
}

export function Title(/** @type {{ of: Both, id?: string }} */ { of, id }) {
  const title = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    document.getElementById("main")?.scrollTo({ top: 0 });
    document.querySelector(".frame")?.scrollTo({ top: 0 });
    if (document.documentElement.dataset.surface === "phone") window.scrollTo({ top: 0 });
  }, []);
  return (
    <h1 ref={title} id={id} tabIndex={-1}>
      <Words of={of} />
    </h1>
  );
}

export function Note(/** @type {{ kind?: string, icon?: string, of: Both, help?: Both | null, name?: string }} */ { kind = "", icon, of, help, name }) {
  return (
    <div className={`note ${kind}`.trim()} role={kind ? "alert" : undefined} data-note={name}>
      <Icon name={icon ?? (kind ? "warning" : "info")} />
      <p>
        <b>
          <Words of={of} />
        </b>
        {help ? (
          <>
            <br />
            <Words of={help} />
          </>
        ) : null}
      </p>
    </div>
  );
}

/** @typedef {{ of: Both, act: () => void, name: string, icon?: string, look?: string, disabled?: boolean }} ButtonProps */

export function Button(/** @type {ButtonProps} */ { of, act, name, icon, look = "", disabled = false }) {
  return (
    <button type="button" className={`btn ${look}`.trim()} data-do={name} onClick={act} disabled={disabled}>
      {icon ? <Icon name={icon} /> : null}
      <span>
        <Words of={of} />
      </span>
    </button>
  );
}

/** What to do, in its order. */
export function Steps(/** @type {{ texts: Texts, steps: Both[], phone?: boolean }} */ { texts, steps, phone = false }) {
  if (steps.length === 0) return null;
  return (
    <section className="verify-steps">
      <h2>
        <Words of={/** @type {Both} */ (texts.to_do)} />
      </h2>
      <ol className="req">
        {steps.map((step) => (
          <li key={step.en}>
            <span>
              <Words of={step} />
            </span>
          </li>
        ))}
      </ol>
      {phone ? <Telephone texts={texts} /> : null}
    </section>
  );
}

/** The office's number to call, as its documents print it; nothing where they print none. A phone can call it. */
export function Telephone(/** @type {{ texts: Texts }} */ { texts }) {
  const standards = useStandards();
  const surface = useSurface();
  const number = channelsOf(standards).find(({ value }) => contactLink(value)?.startsWith("tel:"))?.value;
  if (!number) return null;
  const said = (
    <>
      <Icon name="phone" />
      <span>
        <Words of={/** @type {Both} */ (texts.call)} facts={{ number }} />
      </span>
    </>
  );
  if (surface !== "phone") return <p className="verify-call">{said}</p>;
  return (
    <a className="btn" href={contactLink(number) ?? undefined}>
      {said}
    </a>
  );
}
