// Number and check code, one after the other. A standing panel has letters on its screen; tablets and phones bring their own.
import { useEffect, useRef, useState } from "react";
import { Keyboard } from "$/public/external/kiosk/catalogue/keyboard.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { CODE_SIGNS, codeShown, codeSigns, numberTyped } from "./number.js";
import { Button, Head, Note, useSurface } from "./parts.jsx";

/** @typedef {import("./verify.jsx").Props} Props */

export function Typed(/** @type {Props} */ { texts, checking }) {
  const [number, setNumber] = useState(checking.typed.current.number);
  const [code, setCode] = useState(checking.typed.current.code);
  const { problem } = checking.state;
  const [asking, setAsking] = useState(/** @type {"number" | "code"} */ (problem ? "code" : "number"));
  const check = () => code.length === CODE_SIGNS && checking.lookUp(number.trim(), code);
  const toNumber = () => {
    setAsking("number");
    return true;
  };
  useEffect(() => checking.say(`verify-${asking}`), [asking, checking.say]);
  checking.stepBack.current = asking === "code" ? toNumber : null;
  return (
    <div className="verify verify-typed" data-step="type" data-asking={asking}>
      {asking === "number" ? (
        <Ask
          key="number"
          texts={texts}
          name="number"
          value={number}
          write={(change) => setNumber((before) => numberTyped(change(before)))}
          on={() => number.trim() && setAsking("code")}
        />
      ) : (
        <Ask key="code" texts={texts} name="code" value={codeShown(code)} write={(change) => setCode((before) => codeSigns(change(before)))} on={check} />
      )}
      {problem ? <Note kind="warn" of={texts.refused} help={texts[problem] ?? texts.needs_node} name={problem} /> : null}
      <div className="verify-do">
        {asking === "number" ? (
          <Button of={texts.next} name="next" look="primary" icon="arrow-right" act={() => setAsking("code")} disabled={!number.trim()} />
        ) : (
          <>
            {code.length > 0 && code.length < CODE_SIGNS ? (
              <p className="t2" role="status">
                <Words of={texts.code_left} facts={{ count: code.length }} />
              </p>
            ) : null}
            <Button of={texts.check} name="check" look="primary" icon="check" act={check} disabled={code.length < CODE_SIGNS} />
          </>
        )}
      </div>
    </div>
  );
}

/** @typedef {{ texts: any, name: "number" | "code", value: string, write: (change: (text: string) => string) => void, on: () => void }} AskProps */

function Ask(/** @type {AskProps} */ { texts, name, value, write, on }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const surface = useSurface();
  const onScreen = surface === "kiosk";
  useEffect(() => {
    if (surface) field.current?.focus({ preventScroll: true }); // the step begins at its top, where a tablet says what went wrong
  }, [surface]);
  return (
    <form
      className="verify-ask"
      onSubmit={(event) => {
        event.preventDefault();
        on();
      }}
    >
      <Head of={texts[name]} lead={texts[`${name}_help`]} id="verify-asked" />
      <input
        ref={field}
        className="ask-field verify-field"
        type="text"
        aria-labelledby="verify-asked"
        inputMode={onScreen ? "none" : "text"}
        autoCapitalize="characters"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        value={value}
        onChange={({ target: { value: typed } }) => write(() => typed)}
      />
      {onScreen ? <Keyboard texts={texts} write={write} signs={name === "number" ? "/-." : "-"} /> : null}
    </form>
  );
}
