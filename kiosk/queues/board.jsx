// The board in the hall: the newest call, the four before it, who waits where.
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { headSeen } from "$/public/external/kiosk/ui/device.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { LaneSign } from "$/public/external/kiosk/ui/lanes.jsx";
import { useMinute, useOffice } from "$/public/external/kiosk/ui/office.js";
import { clockText } from "$/public/external/kiosk/ui/words.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { browserFeed } from "./board_feed.js";
import { isWide, minutesOld, shownCalls } from "./board_rules.js";
import { isLong } from "./take.js";

const VISIT_MS = 60_000;

/** @typedef {Record<string, { id: string, en: string }>} Texts */

/** `<CallBoard texts>{what stands under the picture}</CallBoard>` */
export function CallBoard(/** @type {{ texts: Texts, children?: any }} */ { texts, children }) {
  const feed = useMemo(browserFeed, []);
  const { picture, seen, live } = useSyncExternalStore(feed.subscribe, feed.read);
  const office = useOffice();
  const now = useMinute() ?? Date.now();
  useEffect(() => {
    feed.onHead = headSeen;
    return feed.start();
  }, [feed]);
  const { newest, recent } = shownCalls(picture, Date.now());
  const zone = picture?.office.zone ?? office?.zone;
  return (
    <div className="tvboard" data-live={live} data-version={picture?.version ?? 0}>
      <header className="tvtop">
        <img src="/mark-on-dark.svg" alt="" width="64" height="64" />
        <h1>
          {picture?.office.short_name ?? office?.short_name ?? "Kios PTSP"} {office?.region ?? ""}
        </h1>
        <Visit texts={texts} />
        <p className="num">{clockText(now, zone)}</p>
      </header>
      <Age texts={texts} live={live} minutes={minutesOld(seen, Date.now())} />
      <div className="board">
        <Newest texts={texts} call={newest} />
        <ol className="rows">
          {recent.map((/** @type {any} */ call) => (
            <li className="crow" key={call.id}>
              <LaneSign code={call.queue} />
              <span className={`num${isLong(call.number) ? " long" : ""}`}>{call.number}</span>
              <span className="to">
                <Words of={{ id: call.counter_name, en: call.counter_name_en }} />
              </span>
            </li>
          ))}
        </ol>
      </div>
      {children}
      <ul className="tvfoot">
        {(picture?.queues ?? []).map((/** @type {any} */ queue) => (
          <li key={queue.code}>
            <LaneSign code={queue.code} />
            <span>
              <b>
                <Words of={{ id: queue.name, en: queue.name_en }} />
              </b>
              {live ? (
                <span className="t2">
                  <span className="num">{queue.waiting}</span> <Words of={texts.waiting} />
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The newest call, as large as it goes. Its key makes a new call a new element, which is announced and comes in softly. */
function Newest(/** @type {{ texts: Texts, call: any }} */ { texts, call }) {
  return (
    <section className={`now${call ? "" : " nobody"}`} aria-live="assertive">
      {call ? (
        <div key={call.id} data-call={call.number}>
          <p className="now-queue">
            <LaneSign code={call.queue} />
            <span>
              <small>
                <Words of={texts.called} />
              </small>
              <Words of={{ id: call.queue_name, en: call.queue_name_en }} />
            </span>
          </p>
          <p className={`num${isLong(call.number) ? " long" : ""}`}>{call.number}</p>
          <p className={`where${isWide(call.counter_name, call.counter_name_en) ? " long" : ""}`}>
            <Icon name="arrow-right" />
            <span>
              <Words of={{ id: call.counter_name, en: call.counter_name_en }} />
            </span>
          </p>
        </div>
      ) : (
        <p className="now-queue">
          <Words of={texts.nobody} />
        </p>
      )}
    </section>
  );
}

/** That the picture is old, and how old. */
function Age(/** @type {{ texts: Texts, live: boolean, minutes: number | null }} */ { texts, live, minutes }) {
  const [late, setLate] = useState(false); // the first connection is given a moment
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1500);
    return () => clearTimeout(timer);
  }, []);
  const shown = !live && late;
  const which = minutes === null ? texts.never : minutes === 0 ? texts.cut_now : texts.cut;
  return (
    <div role="status" data-board-age={shown ? (minutes ?? "never") : ""}>
      {shown ? (
        <p className="board-age">
          <Icon name="wifi-slash" />
          <span>
            <Words of={which} facts={{ minutes }} />
          </span>
        </p>
      ) : null}
    </div>
  );
}

/** Whoever came here from another page finds the way back, and is taken back after a minute; a board that was opened as one stays. */
function Visit(/** @type {{ texts: Texts }} */ { texts }) {
  const navigate = useNavigate();
  const [visiting] = useState(() => (window.history.state?.idx ?? 0) > 0);
  useEffect(() => {
    if (!visiting) return undefined;
    const timer = setTimeout(() => navigate("/", { replace: true }), VISIT_MS);
    return () => clearTimeout(timer);
  }, [visiting, navigate]);
  if (!visiting) return null;
  return (
    <button type="button" className="btn board-back" onClick={() => navigate("/")}>
      <Icon name="arrow-left" />
      <Words of={texts.back} />
    </button>
  );
}
