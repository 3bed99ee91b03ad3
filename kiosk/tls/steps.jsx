// What to do on which system, step by step, and the fingerprint to compare.
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Picture } from "./pictures.jsx";
import { groups, isHere } from "./setup.js";

/** @typedef {Record<string, { id: string, en: string }>} Texts */
/** @typedef {import("./setup.js").Setup} Setup */

/** @type {["android" | "ipad" | "desk", ("download" | "search" | "file" | "compare" | "install" | "switch" | "restart")[]][]} */
const WAYS = [
  ["android", ["download", "search", "file", "compare"]],
  ["ipad", ["download", "compare", "install", "switch"]],
  ["desk", ["download", "compare", "install", "restart"]],
];

/** What one types, by the step: the file is in DER, so its own SHA-256 is the certificate's. @type {Record<string, string[]>} */
const COMMANDS = { desk_2: ["certutil -hashfile kios-ptsp.crt SHA256", "sha256sum kios-ptsp.crt"] };

export function Steps(/** @type {{ texts: Texts, setup: Setup }} */ { texts, setup }) {
  return (
    <>
      <section className="panel setup-get" aria-labelledby="setup-get">
        <div>
          <h2 id="setup-get">
            <Words of={texts.get_title} />
          </h2>
          <p className="t2">
            <Words of={texts.get_help} />
          </p>
        </div>
        <a className="btn start" href="/setup/authority.crt" data-do="download">
          <Words of={texts.get} />
        </a>
        <a className="btn quiet" href="/setup/authority.pem" data-do="pem">
          <Words of={texts.pem} />
        </a>
      </section>
      <div className="setup-ways">
        {WAYS.map(([way, pictures]) => (
          <section key={way} className={`panel ${way}`} aria-labelledby={`setup-${way}`}>
            <h2 id={`setup-${way}`}>
              <Words of={texts[way]} />
            </h2>
            <ol>
              {pictures.map((picture, place) => (
                <li key={picture}>
                  <span className="setup-number num" aria-hidden="true">
                    {place + 1}
                  </span>
                  <Picture of={picture} desk={way === "desk"} />
                  <Step words={texts[`${way}_${place + 1}`] ?? texts.get} name={setup.name} commands={COMMANDS[`${way}_${place + 1}`]} />
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <Fingerprint texts={texts} fingerprint={setup.fingerprint} />
    </>
  );
}

function Step(/** @type {{ words: { id: string, en: string }, name: string | null, commands?: string[] }} */ { words, name, commands = [] }) {
  return (
    <div>
      <p>
        <Words of={words} facts={{ name: `“${name}”` }} />
      </p>
      {commands.map((command) => (
        <code key={command} className="setup-command">
          {command.split(" ").map((word) => [<span key={word}>{word}</span>, " "])}
        </code>
      ))}
    </div>
  );
}

function Fingerprint(/** @type {{ texts: Texts, fingerprint: string | null }} */ { texts, fingerprint }) {
  const here = isHere(window.location.hostname);
  const local = `http://localhost${window.location.protocol === "http:" && window.location.port ? `:${window.location.port}` : ""}`;
  return (
    <section className="panel setup-print" aria-labelledby="setup-print">
      <div>
        <h2 id="setup-print">
          <Words of={texts.print_title} />
        </h2>
        <p>
          <Words of={here ? texts.print_here : texts.print_there} facts={{ local }} />
        </p>
      </div>
      <p className="setup-groups" data-fingerprint={fingerprint}>
        {groups(fingerprint).map((group, place) => (
          <code key={`${place}-${group}`}>{group}</code>
        ))}
      </p>
    </section>
  );
}
