// Letters on the screen, for a touchscreen without a keyboard. The field keeps the focus, so a real keyboard works as well.
import { Icon } from "$/public/external/kiosk/ui/icons.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const keepFocus = (/** @type {{ preventDefault: () => void }} */ event) => event.preventDefault();

/** @typedef {{ texts: import("../ui/words.js").Texts, write: (change: (text: string) => string) => void, close?: () => void, signs?: string }} Props
 *   signs: instead of the space, what stands between letters and digits of a number;
 *   close: none where a button of the page ends the typing */

export function Keyboard(/** @type {Props} */ { texts, write, close, signs }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a touch beside a key must not take the focus from the field
    <div className="keyboard" onMouseDown={keepFocus}>
      {ROWS.map((row) => (
        <div className="keys" key={row}>
          {[...row].map((letter) => (
            <button type="button" className="key" key={letter} onClick={() => write((text) => text + letter)}>
              {letter}
            </button>
          ))}
        </div>
      ))}
      <div className="keys">
        <button type="button" className="key wide" onClick={() => write((text) => text.slice(0, -1))}>
          <Icon name="backspace" />
          <Words of={texts.erase} />
        </button>
        {signs ? (
          [...signs].map((sign) => (
            <button type="button" className="key" key={sign} onClick={() => write((text) => text + sign)}>
              {sign}
            </button>
          ))
        ) : (
          <button type="button" className="key wide" onClick={() => write((text) => `${text} `)}>
            <Words of={texts.space} />
          </button>
        )}
        {close ? (
          <button type="button" className="key wide primary" onClick={close}>
            <Icon name="check" />
            <Words of={texts.finish} />
          </button>
        ) : null}
      </div>
    </div>
  );
}
