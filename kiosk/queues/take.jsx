// The page for taking a number: the queues, and then the number.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useSearchParams } from "react-router";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { LaneSign } from "$/public/external/kiosk/ui/lanes.jsx";
import { readLink } from "$/public/external/kiosk/ui/link.js";
import { post } from "$/public/external/kiosk/ui/post.js";
import { useLink } from "$/public/external/kiosk/ui/use_prefs.js";
import { holdClock, onLeave } from "$/public/external/kiosk/ui/visitor.js";
import { openingText } from "$/public/external/kiosk/ui/words.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { offer, Taking } from "./take.js";
import { LaneTicket, Ticket } from "./taken.jsx";
import { useLane } from "./use_lane.js";
import { uuid7 } from "./uuid7.js";

const QUEUES = "/api/v1/queues";
const EVERY_MS = 5000;

/** @typedef {Record<string, { id: string, en: string }>} Texts */

/** @typedef {import("./use_lane.js").Issue} Issue */

const newId = () => uuid7(Date.now(), (bytes) => crypto.getRandomValues(bytes));

/** One for the page; what the device can do by itself is looked up at each touch. @param {{ current: Issue | null }} lane */
const newTaking = (lane) => new Taking({ post, newId, lane: () => lane.current, gone: () => readLink().up === false });

/** The queues as the node told them last; null before anything is known. `again` changes: ask now. */
function useQueues(/** @type {unknown} */ again) {
  const [queues, setQueues] = useState(/** @type {any[] | null} */ (null));
  useEffect(() => {
    let here = true;
    const read = async () => {
      const copy = await getJson(QUEUES);
      if (here && !copy.missing) setQueues(copy.body);
    };
    setQueues((known) => known ?? lastCopy(QUEUES)?.body ?? null);
    void read();
    const timer = setInterval(read, EVERY_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, [again]);
  return queues;
}

/** `<TakeNumber texts title lead />`; the headline changes with what is shown, so it is drawn here. */
export function TakeNumber(/** @type {{ texts: Texts, title: any, lead: any }} */ { texts, title, lead }) {
  const lane = useRef(/** @type {Issue | null} */ (null));
  const taking = useMemo(() => newTaking(lane), []);
  const state = useSyncExternalStore(taking.subscribe, taking.read);
  const { up } = useLink();
  const queues = useQueues(`${state.phase}${up}`);
  lane.current = useLane(queues);
  const offered = offer(queues, up, lane.current !== null);
  useEffect(() => onLeave(() => taking.leave()), [taking]);
  useEffect(() => () => taking.leave(), [taking]);
  useEffect(() => (state.phase === "asking" ? holdClock() : undefined), [state.phase]);
  if (state.phase === "ticket") return state.ticket.lane ? <LaneTicket texts={texts} ticket={state.ticket} /> : <Ticket texts={texts} ticket={state.ticket} />;
  return (
    <div className="take">
      <div className="take-head">
        <h1>
          <Words of={title} />
        </h1>
        <p className="lead">
          <Words of={lead} />
        </p>
      </div>
      <Notice texts={texts} queues={queues} offered={offered} failure={state.failure} />
      <Queues
        texts={texts}
        queues={queues}
        open={offered === "open" || offered === "lane"}
        counts={offered === "open"}
        asking={state.phase === "asking" ? state.queue : null}
        onTouch={(code) => void taking.touch(code)}
      />
      {offered === "gone" ? null : <FirstTime texts={texts} />}
    </div>
  );
}

function FirstTime(/** @type {{ texts: Texts }} */ { texts }) {
  return (
    <div className="note take-first">
      <Icon name="info" />
      <p>
        <b>
          <Words of={texts.first_time} />
        </b>{" "}
        <Words of={texts.first_time_help} />
      </p>
    </div>
  );
}

/** Why there is no number, and what to do: the node gone, the office closed, a touch that failed. Or that the number counts all the same. */
function Notice(/** @type {{ texts: Texts, queues: any[] | null, offered: string, failure: any }} */ { texts, queues, offered, failure }) {
  if (failure?.failure === "unstored") return <Note kind="bad" icon="warning-circle" title={texts.unstored} help={texts.unstored_help} />;
  if (offered === "lane") return <Note kind="ok" icon="check-circle" title={texts.by_itself} help={texts.by_itself_help} />;
  if (offered === "gone" || failure?.failure === "unreachable") return <Note kind="warn" icon="warning" title={texts.gone} help={texts.gone_help} />;
  if (offered === "closed") {
    const opens = queues?.[0]?.opens_at;
    const when = opens ? { id: openingText(opens, "id"), en: openingText(opens, "en") } : null;
    const help = when ? { id: texts.opens.id.replace("{opens}", when.id), en: texts.opens.en.replace("{opens}", when.en) } : null;
    return <Note kind="warn" icon="clock" title={texts.closed} help={help} />;
  }
  if (failure) {
    const said = failure.body?.message;
    return <Note kind="bad" icon="warning-circle" title={texts.failed} help={said ? { id: said, en: said } : texts.failed_help} />;
  }
  return null;
}

function Note(/** @type {{ kind: string, icon: string, title: any, help: any }} */ { kind, icon, title, help }) {
  return (
    <div className={`note ${kind} take-note`} role="alert" data-note={icon}>
      <Icon name={icon} />
      <p>
        <b>
          <Words of={title} />
        </b>
        {help ? (
          <span>
            <Words of={help} />
          </span>
        ) : null}
      </p>
    </div>
  );
}

function Queues(
  /** @type {{ texts: Texts, queues: any[] | null, open: boolean, counts: boolean, asking: string | null, onTouch: (code: string) => void }} */ {
    texts,
    queues,
    open,
    counts,
    asking,
    onTouch,
  },
) {
  const sent = useSearchParams()[0].get("untuk"); // another page sent the visitor to this queue
  if (!queues) {
    return (
      <p className="lead" role="status">
        <Words of={texts.loading} />
      </p>
    );
  }
  return (
    <ul className="lanes">
      {queues.map((queue) => (
        <li key={queue.code}>
          {queue.by_transfer ? (
            <div className="lane-row lane-info" data-info={queue.code}>
              <Row texts={texts} queue={queue} waits={counts} />
            </div>
          ) : (
            <button
              type="button"
              className={`lane-row${queue.code === sent ? " sent" : ""}`}
              data-queue={queue.code}
              disabled={!open}
              aria-busy={asking === queue.code}
              onClick={() => onTouch(queue.code)}
            >
              <Row texts={texts} queue={queue} waits={counts} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Sign, name, what for, what to bring, how many wait. From an old copy nobody is counted. */
function Row(/** @type {{ texts: Texts, queue: any, waits: boolean }} */ { texts, queue, waits }) {
  const note = queue.by_transfer ? texts.by_transfer : queue.bring ? { id: queue.bring, en: queue.bring_en ?? queue.bring } : null;
  return (
    <>
      <LaneSign code={queue.code} />
      <span className="lane-words">
        <span className="lane-name">
          <Words of={{ id: queue.name, en: queue.name_en }} />
        </span>
        <span className="lane-for">
          <Words of={{ id: queue.purpose, en: queue.purpose_en }} />
        </span>
        {note ? (
          <span className={`badge ${queue.by_transfer ? "" : "warn"}`}>
            <Icon name={queue.by_transfer ? "arrow-bend-down-right" : "hand-palm"} />
            <span>
              <Words of={note} />
            </span>
          </span>
        ) : null}
      </span>
      {waits ? (
        <span className="wait">
          <span className="num">{queue.waiting}</span> <Words of={texts.waiting} />
        </span>
      ) : null}
    </>
  );
}
