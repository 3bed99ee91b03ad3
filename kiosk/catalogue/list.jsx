// All services of the office, and a search that forgives typing errors. Works without the node on the last copy.

import { useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { feeFact, needFact, timeFact } from "./facts.js";
import { Keyboard } from "./keyboard.jsx";
import { Instead, Saying, Source } from "./parts.jsx";
import { search } from "./search.js";
import { useServices } from "./use_catalogue.js";

const LONGEST = 100;
const ASKED = "kiosk.visitor.search"; // goes with the visitor

/** @typedef {import("../ui/words.js").Texts} Texts */

/** What the visitor typed, kept for the way back from a service. */
function useAsked() {
  const [asked, setAsked] = useState("");
  useEffect(() => setAsked(sessionStorage.getItem(ASKED) ?? ""), []);
  /** @param {(text: string) => string} change */
  const write = (change) =>
    setAsked((before) => {
      const after = change(before).slice(0, LONGEST);
      sessionStorage.setItem(ASKED, after);
      return after;
    });
  return { asked, write };
}

/** `to`: the page that a touched service opens, up to its id. */
export function ServiceList(/** @type {{ texts: Texts, to?: string }} */ { texts, to = "/layanan/standar?id=" }) {
  const copy = useServices();
  const { asked, write } = useAsked();
  const tiles = Array.isArray(copy?.body) ? copy.body : null;
  const shown = useMemo(() => found(asked, tiles ?? []), [asked, tiles]);
  if (copy === null)
    return (
      <p className="lead">
        <Words of={texts.loading} />
      </p>
    );
  if (tiles === null) return <Instead texts={texts} title="not_kept" text="ask_desk" />;
  return (
    <div className="services">
      <SearchField texts={texts} asked={asked} write={write} />
      <p className="count" role="status">
        <Words of={texts[shown.length === 1 ? "one_found" : "found"]} facts={{ count: shown.length }} />
      </p>
      {shown.some((tile) => tile.translation) ? (
        <p className="w" lang="en">
          <span className="badge warn">
            <Icon name="translate" />
            <span>{texts.unofficial.en}</span>
          </span>
        </p>
      ) : null}
      {shown.length === 0 ? <Instead texts={texts} title="nothing_found" text="ask_desk" /> : null}
      <ul className="service-tiles">
        {shown.map((tile) => (
          <li key={tile.id}>
            <Tile texts={texts} tile={tile} to={to} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** @param {string} asked @param {any[]} tiles @returns {any[]} */
function found(asked, tiles) {
  const byId = new Map(tiles.map((tile) => [tile.id, tile]));
  const entries = tiles.map((tile) => ({ id: tile.id, ...tile.search }));
  return search(asked, entries, tiles.length).map((id) => byId.get(id));
}

function SearchField(/** @type {{ texts: Texts, asked: string, write: (change: (text: string) => string) => void }} */ { texts, asked, write }) {
  const [typing, setTyping] = useState(false);
  const [onScreen, setOnScreen] = useState(false);
  // A tablet and a phone bring their own keyboard; a standing panel has none.
  useEffect(() => setOnScreen(document.documentElement.dataset.surface === "kiosk"), []);
  return (
    <search>
      <label className="search-label" htmlFor="service-search">
        <Words of={texts.search} />
      </label>
      <div className="search-field">
        <Icon name="magnifying-glass" />
        <input
          id="service-search"
          type="text"
          value={asked}
          maxLength={LONGEST}
          inputMode={onScreen ? "none" : "search"}
          autoComplete="off"
          spellCheck="false"
          onFocus={() => setTyping(true)}
          onChange={(event) => write(() => event.target.value)}
        />
        {asked ? (
          <button type="button" className="btn quiet" onClick={() => write(() => "")}>
            <Icon name="x" />
            <Words of={texts.clear} />
          </button>
        ) : null}
      </div>
      {onScreen && typing ? <Keyboard texts={texts} write={write} close={() => setTyping(false)} /> : null}
    </search>
  );
}

function Tile(/** @type {{ texts: Texts, tile: any, to: string }} */ { texts, tile, to }) {
  const time = timeFact(tile.time_limit);
  const fee = feeFact(tile.fee);
  return (
    <Link className="tile service-tile" to={to + encodeURIComponent(tile.id)}>
      <span className="service-name">{tile.office_wide ? <Words of={texts.office_wide} /> : <Source of={tile.title} en={tile.translation?.en?.name} />}</span>
      <span className="service-facts">
        {time ? (
          <span>
            <Icon name="clock" />
            <Saying texts={texts} said={time} />
          </span>
        ) : null}
        {fee ? (
          <span>
            <Icon name="wallet" />
            <Saying texts={texts} said={fee} />
          </span>
        ) : null}
        <span>
          <Icon name="files" />
          <Saying texts={texts} said={needFact(tile.requirements)} />
        </span>
      </span>
      <Icon name="arrow-right" className="go-there" />
    </Link>
  );
}
