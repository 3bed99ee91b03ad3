// Words in both languages at once, as kiosk.ui.words.t does in Python: <html data-lang> shows one, so nothing flashes.
import { Fragment } from "react";
import { filled } from "./words.js";

/** `<Words of={texts.take} facts={{ n: 3 }} />` */
export function Words(/** @type {{ of: { id: string, en: string }, facts?: Record<string, unknown> }} */ { of, facts }) {
  return (
    <Fragment>
      <span className="w" lang="id">
        {filled(of.id, facts)}
      </span>
      <span className="w" lang="en">
        {filled(of.en, facts)}
      </span>
    </Fragment>
  );
}
