// The head of every page: mark, office, clock; and the notice that the node is gone.
import { useSyncExternalStore } from "react";
import { Icon } from "./icons.jsx";
import { useMinute, useOffice } from "./office.js";
import { readOutbox, subscribeOutbox } from "./outbox.js";
import { waitingCount } from "./outbox_rules.js";
import { useLink } from "./use_prefs.js";
import { clockText, dateText } from "./words.js";
import { Words } from "./words_both.jsx";

/** @typedef {import("./words.js").Texts} Texts */

/** `<Top texts />`: the office's crest would replace the mark. */
export function Top(/** @type {{ texts: Texts }} */ { texts }) {
  const office = useOffice();
  const now = useMinute();
  return (
    <div className="top">
      <img src="/mark-on-dark.svg" alt="" width="96" height="96" />
      <p className="org">
        <b>{office?.short_name ?? "Kios PTSP"}</b>
        <span>{office?.region ?? <Words of={texts.one_stop} />}</span>
      </p>
      <p className="clock" aria-hidden={now === null}>
        <span className="num">{now === null ? "\u00a0" : clockText(now, office?.zone)}</span>
        <span className="date">{now === null ? "\u00a0" : <Today now={now} zone={office?.zone} />}</span>
      </p>
    </div>
  );
}

function Today(/** @type {{ now: number, zone: string | undefined }} */ { now, zone }) {
  return <Words of={{ id: dateText(now, "id", zone), en: dateText(now, "en", zone) }} />;
}

/** How many entries of this device the office computer does not hold yet: a count, and nothing of what they say. */
const waitingHere = () => waitingCount([...readOutbox()]);

/** The offline badge: that the node is gone, since when, and how much waits here for it. It goes when the node is back. */
export function Offline(/** @type {{ texts: Texts }} */ { texts }) {
  const { up, since } = useLink();
  const office = useOffice();
  const waiting = useSyncExternalStore(subscribeOutbox, waitingHere, () => 0);
  return (
    <div className="offline" role="status" aria-live="polite" id="offline-badge" data-up={String(up)}>
      {up === false && since !== null ? (
        <p>
          <Icon name="wifi-slash" />
          <span>
            <b>
              <Words of={texts.offline_since} facts={{ time: clockText(since, office?.zone) }} />
            </b>{" "}
            <Words of={texts.offline_still} />
            {waiting > 0 ? (
              <b className="offline-waiting" data-waiting={waiting}>
                {" "}
                <Words of={texts.offline_waiting} facts={{ count: waiting }} />
              </b>
            ) : null}
          </span>
        </p>
      ) : null}
    </div>
  );
}
