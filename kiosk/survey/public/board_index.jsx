// The line of the board that takes turns: the notices, and the current index among them.

import { NoticeLine } from "$/public/external/kiosk/notices/notices.jsx";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { both, gradeName, isShown } from "./index_rules.js";
import { useIndex } from "./use_index.js";

/** @typedef {import("$/public/external/kiosk/ui/words.js").Texts} Texts */

/** `<BoardLine texts />` */
export function BoardLine(/** @type {{ texts: Texts }} */ { texts }) {
  const current = useIndex()?.body;
  return <NoticeLine more={isShown(current) ? [<Slide key="index" texts={texts} current={current} />] : []} />;
}

function Slide(/** @type {{ texts: Texts, current: import("./index_rules.js").Current }} */ { texts, current }) {
  const name = gradeName(current);
  return (
    <p className="notice index-slide" data-slide={current.index}>
      <span>
        <Words of={texts.board} />
      </span>
      <b className="num">
        <Words of={both(current.index ?? "")} />
      </b>
      {name ? (
        <span>
          <Words of={texts.grade} /> {current.grade}, <Words of={name} />
        </span>
      ) : null}
      <span className="t2">
        <Words of={texts.of} facts={{ n: current.n }} />
        {current.name ? (
          <>
            {" · "}
            <Words of={current.name} />
          </>
        ) : null}
      </span>
    </p>
  );
}
