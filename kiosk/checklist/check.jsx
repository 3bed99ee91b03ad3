// The checklist: choose a service, go through its papers, take the result along. Works on the last copy when the node is gone.

import { useEffect } from "react";
import { Link, useLocation, useSearchParams } from "react-router";
import { ServiceList } from "$/public/external/kiosk/catalogue/list.jsx";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { setPageScript, setScript } from "$/public/external/kiosk/ui/speech.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { decode, fits } from "./code.js";
import { Going } from "./going.jsx";
import { HERE, Note, NumberButton, Title, useBack } from "./parts.jsx";
import { useLists } from "./use_lists.js";

/** @typedef {import("../ui/words.js").Texts} Texts */

/** `<CheckPapers texts listTexts title lead />`; the headline changes with what is shown, so it is drawn here. */
export function CheckPapers(/** @type {{ texts: Texts, listTexts: Texts, title: any, lead: any }} */ { texts, listTexts, title, lead }) {
  const copy = useLists();
  const { hash } = useLocation();
  const [asked] = useSearchParams();
  if (copy === null) return <Title of={texts.loading} />;
  if (copy.missing) return <Note texts={texts} kind="warn" title="not_kept" help="ask_desk" />;
  const lists = copy.body;
  if (hash.length > 1) return <Brought texts={texts} lists={lists} hash={hash} />;
  if (!asked.has("id")) return <Choose texts={listTexts} title={title} lead={lead} />;
  return <Chosen texts={texts} lists={lists} list={listOf(lists, asked.get("id"))} />;
}

/** @param {any} lists @param {string | null} id @returns {import("./check.js").List | undefined} */
const listOf = (lists, id) => lists.services.find((/** @type {any} */ one) => one.id === id);

function Choose(/** @type {{ texts: Texts, title: any, lead: any }} */ { texts, title, lead }) {
  useEffect(() => void setPageScript("checklist"), []);
  return (
    <div className="check">
      <div className="check-head check-choose">
        <h1>
          <Words of={title} />
        </h1>
        <p className="lead">
          <Words of={lead} />
        </p>
      </div>
      <ServiceList texts={texts} to={`${HERE}?id=`} />
    </div>
  );
}

/** A code that somebody opened: the list as it was made, or why not. */
function Brought(/** @type {{ texts: Texts, lists: any, hash: string }} */ { texts, lists, hash }) {
  const { code, fault } = decode(decodeHash(hash));
  const list = code ? listOf(lists, code.service) : undefined;
  if (!code || !list) return <Refused texts={texts} name={code ? "elsewhere" : (fault ?? "broken")} />;
  if (!fits(code, list)) return <Changed texts={texts} list={list} />;
  return <Going texts={texts} lists={lists} list={list} brought={code} key={hash} />;
}

/** @param {string} hash */
function decodeHash(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

function Heading(/** @type {{ of: { id: string, en: string } }} */ { of }) {
  return (
    <div className="check-head">
      <h1>
        <Words of={of} />
      </h1>
    </div>
  );
}

function Refused(/** @type {{ texts: Texts, name: string }} */ { texts, name }) {
  useBack();
  return (
    <div className="check" data-fault={name}>
      <Heading of={texts[`bad_${name}`]} />
      <Note texts={texts} kind="bad" title="ask_desk" />
      <Link className="btn" to={HERE}>
        <Words of={texts.other} />
      </Link>
    </div>
  );
}

function Changed(/** @type {{ texts: Texts, list: import("./check.js").List }} */ { texts, list }) {
  useBack();
  return (
    <div className="check" data-fault="changed">
      <Heading of={texts.bad_changed} />
      <Note texts={texts} kind="warn" title="bad_changed_help" />
      <Link className="btn primary" to={`${HERE}?id=${encodeURIComponent(list.id)}`}>
        <Words of={texts.again} />
      </Link>
    </div>
  );
}

function Chosen(/** @type {{ texts: Texts, lists: any, list: import("./check.js").List | undefined }} */ { texts, lists, list }) {
  if (!list) return <Refused texts={texts} name="elsewhere" />;
  return list.items.length ? <Going texts={texts} lists={lists} list={list} key={list.id + list.digest} /> : <NoList texts={texts} lists={lists} list={list} />;
}

/** The document has no list of its own: who sets it, and a number for whom to ask. */
function NoList(/** @type {{ texts: Texts, lists: any, list: import("./check.js").List }} */ { texts, lists, list }) {
  useBack();
  useEffect(() => void setScript(list.speech), [list]);
  return (
    <div className="check" data-no-list={list.id}>
      <div className="check-head">
        <p className="eyebrow">
          <Icon name="files" />
          {list.office_wide ? (
            <span>
              <Words of={texts.office_wide} />
            </span>
          ) : (
            <Words of={{ id: list.title, en: list.title_en ?? list.title }} />
          )}
        </p>
        <h1>
          <Words of={texts[list.set_by ? "no_list" : "no_list_at_all"]} />
        </h1>
      </div>
      {list.set_by ? (
        <div className="panel check-set-by">
          <p className="t2">
            <Words of={texts.ministry} />
          </p>
          <p className="dsp" lang="id">
            {list.ministry ?? list.set_by}
          </p>
          {list.ministry ? (
            <p className="t2" lang="id">
              {list.set_by}
            </p>
          ) : null}
          {list.set_by_en ? (
            <p className="t2 w" lang="en">
              {list.set_by_en}
            </p>
          ) : null}
        </div>
      ) : null}
      <Note texts={texts} kind="" title="ask_list" />
      <NumberButton texts={texts} queue={lists.help_queue} />
    </div>
  );
}
