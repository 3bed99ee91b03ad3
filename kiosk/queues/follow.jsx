// A ticket on its holder's phone: the place in line, and then the counter.
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { getJson } from "$/public/external/kiosk/ui/cached.js";
import { chime } from "$/public/external/kiosk/ui/chime.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { LaneSign } from "$/public/external/kiosk/ui/lanes.jsx";
import { useOffice } from "$/public/external/kiosk/ui/office.js";
import { codeOf } from "$/public/external/kiosk/ui/slip_code.js";
import { clockText, dateText } from "$/public/external/kiosk/ui/words.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { idOf, isNewCall, isOld, meaning, pause } from "./follow.js";
import { isLong } from "./take.js";

/** @typedef {Record<string, { id: string, en: string }>} Texts */
/** @typedef {{ ticket: any, at: number | null, unknown: boolean, failures: number }} Followed */

/** @type {Followed} */
const NOTHING = { ticket: null, at: null, unknown: false, failures: 0 };

/** Ask for the ticket again and again, as `pause` says. @param {string | null} id @returns {Followed} */
function useTicket(id) {
  const [followed, setFollowed] = useState(NOTHING);
  const latest = useRef(NOTHING);
  useEffect(() => {
    if (!id) return undefined;
    let here = true;
    let sinceSeen = 0;
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const ask = async () => {
      clearTimeout(timer);
      const copy = await getJson(`/api/v1/tickets/${id}`, { keep: false });
      if (!here) return;
      const now = next(latest.current, copy);
      if (isNewCall(latest.current.ticket, now.ticket)) tellCall();
      latest.current = now;
      setFollowed(now);
      const wait = pause({ failures: now.failures, sinceSeen, meaning: now.ticket ? meaning(now.ticket) : null, random: Math.random() });
      sinceSeen += 1;
      if (wait !== null && !now.unknown) timer = setTimeout(ask, wait);
    };
    const seen = () => {
      if (document.visibilityState !== "visible") return;
      sinceSeen = 0;
      void ask();
    };
    void ask();
    document.addEventListener("visibilitychange", seen);
    return () => {
      here = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [id]);
  return followed;
}

/** @param {Followed} before @param {import("$/public/external/kiosk/ui/cached.js").Copy} copy @returns {Followed} */
function next(before, copy) {
  if (copy.fresh && !copy.missing) return { ticket: copy.body, at: copy.at, unknown: false, failures: 0 };
  if (copy.fresh && [404, 422].includes(copy.status)) return { ...NOTHING, unknown: true };
  return { ...before, failures: before.failures + 1 };
}

function tellCall() {
  navigator.vibrate?.([300, 150, 300]);
  chime();
}

/** `<FollowTicket texts />`: the ticket whose id stands in the address. */
export function FollowTicket(/** @type {{ texts: Texts }} */ { texts }) {
  const [id] = useState(() => idOf(window.location.search));
  const [code] = useState(() => codeOf(window));
  const { ticket, at, unknown, failures } = useTicket(id);
  const zone = useOffice()?.zone;
  if (!id || unknown) return <Message texts={texts} title="unknown" help="unknown_help" icon="question" />;
  if (!ticket)
    return failures > 0 ? <Message texts={texts} title="gone" help="gone_help" icon="wifi-slash" /> : <Message texts={texts} title="loading" icon="clock" />;
  const what = meaning(ticket);
  const old = failures > 0 && isOld(at, Date.now());
  return (
    <div className={`follow is-${what}`} data-meaning={what}>
      <h1 className="unseen">
        <Words of={texts.title} />
      </h1>
      <section className="ticket">
        <p className="ticket-queue">
          <LaneSign code={ticket.current_queue} small />
          <span className="dsp">
            <Words of={{ id: ticket.queue_name, en: ticket.queue_name_en }} />
          </span>
        </p>
        <p className={`num huge${isLong(ticket.number) ? " long" : ""}`}>{ticket.number}</p>
        <div className="perf" />
        <div className="follow-place" role="status" aria-live="assertive">
          <Place texts={texts} ticket={ticket} what={what} />
        </div>
      </section>
      <p className={old ? "note warn" : "t2 follow-age"} data-old={old}>
        {old ? <Icon name="wifi-slash" /> : null}
        <span>
          <Words of={old ? texts.old : texts.as_of} facts={{ time: at === null ? "" : clockText(at, zone) }} />
        </span>
      </p>
      <Rate texts={texts} code={code} now={what === "done"} />
    </div>
  );
}

/** What the holder needs to know. */
function Place(/** @type {{ texts: Texts, ticket: any, what: import("./follow.js").Meaning }} */ { texts, ticket, what }) {
  if (what === "waiting") {
    return (
      <p className="follow-ahead">
        <span className="num">{ticket.ahead}</span> <Words of={texts.waiting} />
      </p>
    );
  }
  const counter = { id: ticket.counter_name ?? "", en: ticket.counter_name_en ?? "" };
  const day = new Date(`${ticket.business_date}T12:00:00Z`);
  const date = { id: dateText(day, "id", "UTC"), en: dateText(day, "en", "UTC") };
  const help = texts[`${what}_help`];
  return (
    <>
      <p className="follow-what">
        <Words of={told(texts[what], counter, date)} />
      </p>
      {help ? (
        <p>
          <Words of={help} />
        </p>
      ) : null}
    </>
  );
}

/** @param {any} text @param {{ id: string, en: string }} counter @param {{ id: string, en: string }} date */
function told(text, counter, date) {
  const put = (/** @type {"id" | "en"} */ language) => text[language].replace("{counter}", counter[language]).replace("{date}", date[language]);
  return { id: put("id"), en: put("en") };
}

function Message(/** @type {{ texts: Texts, title: string, help?: string, icon: string }} */ { texts, title, help, icon }) {
  return (
    <div className="follow" data-meaning={title} role="status">
      <h1>
        <Icon name={icon} />
        <Words of={texts[title]} />
      </h1>
      {help ? (
        <p className="lead">
          <Words of={texts[help]} />
        </p>
      ) : null}
    </div>
  );
}

/** The way to the survey, which finds the number's code by itself, and not in an address. Once the visit is over it is what is left to do. */
function Rate(/** @type {{ texts: Texts, code: string, now: boolean }} */ { texts, code, now }) {
  return (
    <Link className={now ? "btn start" : "btn quiet follow-rate"} to="/survey" data-rate={code}>
      <Icon name="smiley-duo" />
      <span>
        <Words of={now ? texts.rate : texts.rate_later} />
      </span>
    </Link>
  );
}
