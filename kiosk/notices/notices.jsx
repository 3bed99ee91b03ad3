// Notices for everybody: a calm strip on the first page, one line on the board in the hall. Their text is text, never markup.
import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { inTurn } from "./notice_rules.js";
import { nobody, now, subscribe } from "./shown.js";

const MOST = 2; // more would push away what visitors came for
const TURN_MS = 15_000;

const ICONS = { important: "warning-circle", normal: "info" };

/** @typedef {import("./notice_rules.js").Notice} Notice */

function Line(/** @type {{ notice: Notice }} */ { notice }) {
  const level = notice.level === "important" ? "important" : "normal";
  return (
    <p className={`notice ${level}`} data-notice={notice.id}>
      <Icon name={ICONS[level]} />
      <span>
        <Words of={{ id: notice.text.id, en: notice.text.en ?? notice.text.id }} />
      </span>
    </p>
  );
}

/** The first page's: at most two, the important ones first. */
export function NoticeStrip() {
  const notices = useSyncExternalStore(subscribe, now, nobody);
  return (
    <div className="notices" role="status">
      {notices.slice(0, MOST).map((one) => (
        <Line key={one.id} notice={one} />
      ))}
    </div>
  );
}

/**
 * The board's: one at a time, each in its turn, and after them what another room has to tell.
 * @param {{ more?: import("react").ReactElement[] }} props
 */
export function NoticeLine({ more = [] }) {
  const notices = useSyncExternalStore(subscribe, now, nobody);
  const [moment, setMoment] = useState(0);
  const lines = [...notices.map((one) => <Line key={one.id} notice={one} />), ...more];
  const several = lines.length > 1;
  useEffect(() => {
    if (!several) return undefined;
    const timer = setInterval(() => setMoment(Date.now()), TURN_MS);
    return () => clearInterval(timer);
  }, [several]);
  return <div className="notices board-notice">{inTurn(lines, moment, TURN_MS)}</div>;
}
