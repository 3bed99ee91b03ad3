// The number that was taken: the node's own, or one of this screen's lane.
import { useEffect } from "react";
import { useNavigate } from "react-router";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { LaneSign } from "$/public/external/kiosk/ui/lanes.jsx";
import { useOffice } from "$/public/external/kiosk/ui/office.js";
import { PrintSlip } from "$/public/external/kiosk/ui/print_slip.jsx";
import { QrCode } from "$/public/external/kiosk/ui/qr_code.jsx";
import { manifest, numberScript, setScript } from "$/public/external/kiosk/ui/speech.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { forgetVisitor } from "$/public/external/kiosk/ui/visitor.js";
import { clockText, dateText } from "$/public/external/kiosk/ui/words.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { addressOf, shown } from "./codes_shown.js";
import { isLong } from "./take.js";
import { useCode } from "./use_code.js";

/** @typedef {Record<string, { id: string, en: string }>} Texts */

/** Read the number aloud when the visitor asks for it. @param {string} number */
function useSpokenNumber(number) {
  useEffect(() => {
    void manifest().then((known) => setScript({ id: numberScript(known, "id", { number }), en: numberScript(known, "en", { number }) }));
  }, [number]);
}

/** How the page of a number ends. */
function useFinish() {
  const navigate = useNavigate();
  return () => {
    forgetVisitor();
    navigate("/", { replace: true });
  };
}

/** The number: as large as it fits, how many are ahead, how to follow it, what happens next. */
export function Ticket(/** @type {{ texts: Texts, ticket: any }} */ { texts, ticket }) {
  const { language } = usePrefs();
  const code = useCode(ticket.id);
  return (
    <Taken texts={texts} ticket={ticket} steps={NEXT} code={code}>
      <div className="ticket-facts">
        <p>
          <span className="t2">
            <Words of={texts.ahead} />
          </span>
          <span className="num" data-ahead={ticket.ahead}>
            {ticket.ahead}
          </span>
        </p>
        <figure>
          <QrCode text={addressOf(ticket.follow_url, code)} label={texts.qr?.[language] ?? ""} />
          <figcaption>
            <Words of={texts.follow} />
          </figcaption>
        </figure>
        <PrintSlip
          texts={texts}
          path={`/api/v1/tickets/${ticket.id}/slip`}
          body={NOTHING}
          then={code ? { path: "/api/v1/survey/slip", body: { code } } : null}
        />
      </div>
    </Taken>
  );
}

/** A number that the device issued by itself: it counts, and nobody knows yet how many are ahead. */
export function LaneTicket(/** @type {{ texts: Texts, ticket: any }} */ { texts, ticket }) {
  const code = useCode(ticket.id);
  return (
    <Taken texts={texts} ticket={ticket} steps={NEXT_WITHOUT} code={code}>
      <div className="ticket-valid" data-lane={ticket.lane}>
        <Icon name="check-circle" />
        <p>
          <b>
            <Words of={texts.counts} />
          </b>
          <span>
            <Words of={texts.counts_help} />
          </span>
        </p>
      </div>
    </Taken>
  );
}

/** The node knows the number: nothing is said of it. @type {Record<string, string>} */
const NOTHING = {};
const NEXT = [
  ["armchair-duo", "wait_here", "wait_here_more"],
  ["television-duo", "listen_here", "listen_here_more"],
  ["device-mobile-duo", "keep_it", "keep_it_more"],
];
const NEXT_WITHOUT = [
  ["armchair-duo", "wait_called", "wait_called_more"],
  ["television-duo", "listen_later", "listen_later_more"],
  ["device-mobile-duo", "remember", "remember_more"],
];

/** @typedef {{ texts: Texts, ticket: any, steps: string[][], code: string | null, children: any }} TakenProps */

function Taken(/** @type {TakenProps} */ { texts, ticket, steps, code, children }) {
  const zone = useOffice()?.zone;
  const finish = useFinish();
  useSpokenNumber(ticket.number);
  useEffect(() => void document.querySelector(".taken-title")?.scrollIntoView(), []);
  const at = new Date(ticket.taken_at);
  return (
    <div className="taken">
      <h1 className="taken-title">
        <span className="taken-tick">
          <Icon name="check" />
        </span>
        <span>
          <Words of={texts.your_number} />
        </span>
      </h1>
      <section className="ticket" aria-live="polite">
        <p className="ticket-queue">
          <LaneSign code={ticket.queue} small />
          <span className="dsp">
            <Words of={{ id: ticket.queue_name, en: ticket.queue_name_en }} />
          </span>
        </p>
        <p className={`num huge${isLong(ticket.number) ? " long" : ""}`} data-ticket-number={ticket.number}>
          {ticket.number}
        </p>
        <p className="t2 ticket-day">
          <Words of={{ id: dateText(at, "id", zone), en: dateText(at, "en", zone) }} /> · {clockText(at, zone)}
        </p>
        <div className="perf" />
        {children}
      </section>
      <ol className="steps3">
        {steps.map(([icon = "", bold = "", more = ""]) => (
          <Step key={bold} icon={icon} bold={texts[bold]} more={texts[more]} />
        ))}
        {code ? (
          <Step icon="smiley-duo" bold={texts.rate} more={texts.rate_code}>
            <b className="num nw" data-survey-code={code}>
              {shown(code)}
            </b>
          </Step>
        ) : null}
      </ol>
      <button type="button" className="btn primary" data-do="finish" onClick={finish}>
        <Words of={texts.finished} />
      </button>
    </div>
  );
}

function Step(/** @type {{ icon: string, bold: any, more: any, children?: any }} */ { icon, bold, more, children }) {
  return (
    <li>
      <Icon name={icon} />
      <span>
        <b>
          <Words of={bold} />
        </b>{" "}
        <Words of={more} /> {children}
      </span>
    </li>
  );
}
