// /setup: certificate, steps, fingerprint, and whether this tablet trusts the node now.
import { useEffect, useState } from "react";
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { setPrefs } from "$/public/external/kiosk/ui/prefs.js";
import { usePrefs } from "$/public/external/kiosk/ui/use_prefs.js";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { clockWrong, meaning, momentText, trusts } from "./setup.js";
import { Steps } from "./steps.jsx";

/** @typedef {Record<string, { id: string, en: string }>} Texts */
/** @typedef {import("./setup.js").Setup} Setup */

/** What the node tells about HTTPS, and this device's clock at that moment. */
function useSetup() {
  const [told, setTold] = useState(/** @type {{ setup: Setup | null | undefined, at: number }} */ ({ setup: undefined, at: 0 }));
  useEffect(() => {
    fetch("/api/v1/setup", { cache: "no-store" })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null)
      .then((setup) => setTold({ setup, at: Date.now() }));
  }, []);
  return told;
}

export function SetupTablet(/** @type {{ texts: Texts }} */ { texts }) {
  const { setup, at } = useSetup();
  const what = meaning(setup);
  const node = clockWrong(at, setup);
  return (
    <div className="setup" data-meaning={what}>
      {node && setup ? <Clock texts={texts} device={at} node={node} /> : null}
      {what === "ready" || what === "loading" ? null : <Said texts={texts} what={what} code={setup?.problem ?? ""} />}
      {setup && what === "ready" ? <Steps texts={texts} setup={setup} /> : null}
      {setup?.https_address ? <Check texts={texts} address={setup.https_address} /> : null}
      <Language />
    </div>
  );
}

function Clock(/** @type {{ texts: Texts, device: number, node: Date }} */ { texts, device, node }) {
  /** @param {"id" | "en"} language */
  const told = (language) => texts.clock_help[language].replace("{device}", momentText(device, language)).replace("{node}", momentText(node, language));
  return (
    <div className="note bad" role="alert" data-note="clock">
      <Icon name="clock" />
      <div>
        <h2>
          <Words of={texts.clock_title} />
        </h2>
        <p>
          <Words of={{ id: told("id"), en: told("en") }} />
        </p>
      </div>
    </div>
  );
}

function Said(/** @type {{ texts: Texts, what: string, code: string }} */ { texts, what, code }) {
  return (
    <div className={`note ${what === "public" ? "ok" : "warn"}`} role="status" data-note={what}>
      <Icon name={what === "public" ? "check-circle" : "warning"} />
      <p>
        <Words of={texts[what] ?? texts.silent} facts={{ code }} />
      </p>
    </div>
  );
}

function Check(/** @type {{ texts: Texts, address: string }} */ { texts, address }) {
  const [trust, setTrust] = useState(/** @type {import("./setup.js").Trust} */ ("unknown"));
  const check = async () => {
    setTrust("checking");
    const workers = navigator.serviceWorker;
    const register = workers && (() => workers.register("/sw.js", { updateViaCache: "none" }));
    setTrust(await trusts(address, { origin: window.location.origin, fetch: (url, how) => fetch(url, how), register }));
  };
  return (
    <section className="panel setup-check" aria-labelledby="setup-check">
      <h2 id="setup-check">
        <Words of={texts.check_title} />
      </h2>
      <button type="button" className="btn primary" data-do="check" disabled={trust === "checking"} onClick={check}>
        <Words of={trust === "checking" ? texts.checking : texts.check} />
      </button>
      <div role="status" data-trust={trust}>
        <Verdict texts={texts} trust={trust} address={address} />
      </div>
    </section>
  );
}

function Verdict(/** @type {{ texts: Texts, trust: string, address: string }} */ { texts, trust, address }) {
  if (trust === "yes")
    return (
      <div className="note ok">
        <Icon name="check-circle" />
        <div>
          <p>
            <Words of={texts.yes} facts={{ address }} />
          </p>
          <a className="btn quiet" href={`${address}/`}>
            <Icon name="arrow-right" />
            <Words of={texts.open} />
          </a>
        </div>
      </div>
    );
  if (trust === "no")
    return (
      <div className="note bad">
        <Icon name="warning-circle" />
        <p>
          <Words of={texts.no} /> <Words of={texts.no_help} facts={{ address }} />
        </p>
      </div>
    );
  return null;
}

/** Staff surfaces have no dock; the language is chosen here. */
function Language() {
  const { language } = usePrefs();
  const other = language === "en" ? "id" : "en";
  return (
    <button type="button" className="btn quiet setup-language" data-tool="language" onClick={() => setPrefs({ language: other })}>
      <Icon name="translate" />
      <span lang={other}>{other === "en" ? "English" : "Bahasa Indonesia"}</span>
    </button>
  );
}
