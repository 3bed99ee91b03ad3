// What is ready, what is missing, what is to be asked: on the screen, on the phone, on paper, read aloud.

import { useEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { useOffice } from "$/public/external/kiosk/ui/office.js";
import { PrintSlip } from "$/public/external/kiosk/ui/print_slip.jsx";
import { drawn } from "$/public/external/kiosk/ui/qr.js";
import { QrCode } from "$/public/external/kiosk/ui/qr_code.jsx";
import { setScript } from "$/public/external/kiosk/ui/speech.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { forgetVisitor } from "$/public/external/kiosk/ui/visitor.js";
import { dateText } from "$/public/external/kiosk/ui/words.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { addressOf, groupsOf, queueFor, speechOfResult, stepsOf } from "./check.js";
import { NumberButton } from "./parts.jsx";
import { slipOf } from "./slip.js";

/** @typedef {import("../ui/words.js").Texts} Texts */
/** @typedef {import("./check.js").List} List */
/** @typedef {import("./check.js").Item} Item */
/** @typedef {{ texts: Texts, lists: any, list: List, checking: import("./check.js").Checking, letters: string }} Props */

export function Result(/** @type {Props} */ { texts, lists, list, checking, letters }) {
  const { lacking, unsure, ready } = useMemo(() => groupsOf(list, letters), [list, letters]);
  const left = lacking.length + unsure.length;
  const address = addressOf(lists.address, list, checking.state.id ?? "", letters);
  useEffect(() => void setScript(speechOfResult(lists, list, letters)), [lists, list, letters]);
  useEffect(() => {
    document.getElementById("main")?.scrollTo({ top: 0 });
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <div className="check check-result" data-result={letters} data-left={left} data-address={address}>
      <div className="check-head">
        <p className="b check-service">
          <span className="w" lang="id">
            {list.title}
          </span>
          <span className="w" lang="en">
            {list.title_en ?? list.title}
          </span>
        </p>
        <h1 className={left ? "warn" : "ok"} aria-live="polite">
          <Icon name={left ? "hourglass-duo" : "check-circle-duo"} />
          <span>{left ? <Words of={texts[left === 1 ? "one_left" : "some_left"]} facts={{ count: left }} /> : <Words of={texts.all_ready} />}</span>
        </h1>
      </div>
      <div className="check-columns">
        <div className="check-groups">
          <Group texts={texts} title="lacking" look="warn" icon="hourglass-duo" items={lacking} checking={checking} where />
          <Group texts={texts} title="unsure" look="ask" icon="question-duo" items={unsure} checking={checking} />
          <Group texts={texts} title="ready" look="ok" icon="check-circle-duo" items={ready} checking={checking} />
          <Facts lists={lists} list={list} checking={checking} />
        </div>
        <TakeAlong texts={texts} lists={lists} letters={letters} address={address} />
      </div>
      <Slip texts={texts} list={list} letters={letters} address={address} />
    </div>
  );
}

function Group(
  /** @type {{ texts: Texts, title: string, look: string, icon: string, items: Item[], checking: Props["checking"], where?: boolean }} */ {
    texts,
    title,
    look,
    icon,
    items,
    checking,
    where,
  },
) {
  if (!items.length) return null;
  return (
    <section className={`check-group ${look}`} data-group={title}>
      <h2>
        <Icon name={icon} />
        <span>
          <Words of={texts[title]} />
        </span>
        <span className="num">{items.length}</span>
      </h2>
      <ul>
        {items.map((item) => (
          <li key={item.order}>
            <button type="button" className="opt" data-change={item.order} onClick={() => checking.change(item.order)}>
              <span className="check-paper">
                <span lang="id">{item.text}</span>
                {item.text_en ? (
                  <span className="w unofficial" lang="en">
                    {item.text_en}
                  </span>
                ) : null}
                {where && item.where ? (
                  <span className="check-where">
                    <Icon name="map-pin-line" />
                    <span>
                      <Words of={item.where} />
                    </span>
                  </span>
                ) : null}
              </span>
              <span className="check-change">
                <Words of={texts.change} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was said to the plain questions: it decides which papers stand above. */
function Facts(/** @type {Pick<Props, "lists" | "list" | "checking">} */ { lists, list, checking }) {
  const keys = stepsOf(list, checking.state.facts).flatMap((step) => (step.kind === "question" ? [step.key] : []));
  return keys.map((key) => {
    const asked = lists.questions[key];
    return (
      <button type="button" className="opt check-fact" data-change={key} key={key} onClick={() => checking.change(key)}>
        <Icon name="user" />
        <span className="check-paper">
          <span className="t2">
            <Words of={asked.ask} />
          </span>
          <b>
            <Words of={asked[checking.state.facts[key] ?? "yes"]} />
          </b>
        </span>
      </button>
    );
  });
}

/** Paper is offered where the browser may print: a screen in the hall may not, since a print window is a way out of it. */
function usePrinting() {
  const [may, setMay] = useState(false);
  useEffect(() => setMay(["phone", "staff"].includes(document.documentElement.dataset.surface ?? "")), []);
  return may;
}

function TakeAlong(/** @type {{ texts: Texts, lists: any, letters: string, address: string }} */ { texts, lists, letters, address }) {
  const navigate = useNavigate();
  const { language } = usePrefs();
  const printing = usePrinting();
  const finish = () => {
    forgetVisitor();
    navigate("/", { replace: true });
  };
  return (
    <aside className="check-along">
      <div className="panel check-qr">
        <QrCode text={address} label={texts.qr[language]} />
        <p>
          <Icon name="device-mobile-duo" />
          <span>
            <Words of={texts.take_along} />
          </span>
        </p>
      </div>
      <NumberButton texts={texts} queue={queueFor(lists, letters)} />
      <PrintSlip texts={texts} path="/api/v1/checklists/slip" body={{ code: address.slice(address.indexOf("#") + 1) }} />
      {printing ? (
        <button type="button" className="btn" data-do="print" onClick={() => window.print()}>
          <Icon name="printer" />
          <Words of={texts.print} />
        </button>
      ) : null}
      <button type="button" className="btn primary mirror" data-do="finish" onClick={finish}>
        <Icon name="check" />
        <Words of={texts.finish} />
      </button>
    </aside>
  );
}

/** The same on 80 mm of paper; on the screen it is not seen. */
function Slip(/** @type {{ texts: Texts, list: List, letters: string, address: string }} */ { texts, list, letters, address }) {
  const { language } = usePrefs();
  const office = useOffice();
  const words = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text[language]]));
  const day = dateText(new Date(), language, office?.zone);
  const lines = slipOf({ list, letters, address, office: office?.short_name ?? "", day, words, language });
  const { side, path } = useMemo(() => drawn(address), [address]);
  return (
    <div className="slip" aria-hidden="true" lang={language}>
      {lines.map(({ kind, text }) =>
        kind === "code" ? (
          <svg viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" aria-hidden="true" key={kind}>
            <path fill="#000" d={path} />
          </svg>
        ) : (
          <p className={`slip-${kind}`} key={kind + text}>
            {text}
          </p>
        ),
      )}
    </div>
  );
}
