// The button that prints a slip. Where there is no printer, there is no button.
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Icon } from "./icons.jsx";
import { useOffice } from "./office.js";
import { post } from "./post.js";
import { offersPaper, Printing } from "./printing.js";
import { holdClock, onLeave } from "./visitor.js";
import { Words } from "./words_both.jsx";

/** @typedef {import("./words.js").Texts} Texts */

/** @typedef {{ path: string, body: Record<string, string> }} Asked */

/** `path` and `body`: what the node is asked; another one is another slip. `then`: a second slip behind it. */
export function PrintSlip(/** @type {Asked & { texts: Texts, then?: Asked | null }} */ { texts, path, body, then = null }) {
  const office = useOffice();
  const [surface, setSurface] = useState("");
  useEffect(() => setSurface(document.documentElement.dataset.surface ?? ""), []);
  if (!offersPaper(office, surface)) return null;
  return <Button texts={texts} path={path} body={body} then={then} key={path + JSON.stringify(body)} />;
}

function Button(/** @type {Asked & { texts: Texts, then: Asked | null }} */ { texts, path, body, then }) {
  const printing = useMemo(() => new Printing({ post }), []);
  const { phase, said } = useSyncExternalStore(printing.subscribe, printing.read);
  useEffect(() => onLeave(() => printing.leave()), [printing]);
  useEffect(() => () => printing.leave(), [printing]);
  useEffect(() => {
    if (phase === "printed" || phase === "failed") document.querySelector("[data-print]")?.scrollIntoView({ block: "nearest" });
  }, [phase]);
  useEffect(() => (phase === "printing" ? holdClock() : undefined), [phase]);
  return (
    <div className="print-slip" data-print={phase}>
      {phase === "printed" ? null : (
        <button type="button" className="btn" data-do="print-slip" aria-busy={phase === "printing"} onClick={() => void printing.print(path, body, then)}>
          <Icon name="printer" />
          <span>
            <Words of={texts[phase === "printing" ? "slip_printing" : "slip_print"]} />
          </span>
        </button>
      )}
      <div role="status">
        {phase === "printed" ? (
          <p className="note ok">
            <Icon name="check-circle" />
            <b>
              <Words of={texts.slip_printed} />
            </b>
          </p>
        ) : null}
        {phase === "failed" ? (
          <div className="note bad">
            <Icon name="warning-circle" />
            <p>
              <b>
                <Words of={texts.slip_failed} />
              </b>{" "}
              <Words of={said ? { id: said, en: said } : texts.slip_gone} />
            </p>
          </div>
        ) : null}
      </div>
    </div>
  );
}
