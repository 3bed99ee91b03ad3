// The sign of a verdict: a shape and a mark, so that nobody needs its colour, and a word below it.

const TICK = <path d="M28 51l16 16 29-33" className="mark" />;
const DISC = <circle cx="50" cy="50" r="46" className="ground" />;
const OCTAGON = <path d="M31 4h38l27 27v38L69 96H31L4 69V31z" className="ground" />;
const TRIANGLE = <path d="M50 8l44 80H6z" className="ground edge" />;
const SQUARE = <path d="M12 12h76v76H12z" className="ground edge" />;
const BAR = <path d="M24 50h52" className="mark thick" />;
const HANDS = <path d="M50 24v28l18 12" className="mark" />;
const DOT = <circle cx="50" cy="77" r="5.5" className="dot" />;
const CALL = <path d="M50 36v25" className="mark" />;
const ASK = <path d="M41 46c0-6 4-10 9.5-10s9.5 3.500 9.5 9c0 7-10 7.500-10 17" className="mark thin" />;
const CROSS = <path d="M41 48l18 18M59 48l-18 18" className="mark thin" />;
const ASK_LARGE = <path d="M36 40c0-9 6-15 14.500-15S65 31 65 39c0 10-14.500 11-14.500 23" className="mark" />;

/** Ground and shape of each verdict: its class in the style sheet, and what is drawn. @type {Record<string, { look: string, drawn: any[] }>} */
export const SIGNS = {
  valid: { look: "ok", drawn: [DISC, TICK] },
  code_genuine: { look: "ok", drawn: [DISC, TICK] },
  registered: { look: "ok", drawn: [DISC, TICK] },
  sent: { look: "ok", drawn: [DISC, TICK] },
  revoked: { look: "bad", drawn: [OCTAGON, BAR] },
  expired: { look: "over", drawn: [OCTAGON, HANDS] },
  altered: { look: "alert", drawn: [TRIANGLE, CALL, DOT] },
  unknown_issuer: { look: "alert", drawn: [TRIANGLE, ASK, DOT] },
  not_ours: { look: "alert", drawn: [TRIANGLE, CROSS] },
  unreadable: { look: "unclear", drawn: [SQUARE, ASK_LARGE, DOT] },
};

/** `children`: the words, of which the first is the heading. */
export function Sign(/** @type {{ name: string, children: any }} */ { name, children }) {
  const { look, drawn } = SIGNS[name] ?? SIGNS.unreadable ?? { look: "", drawn: [] };
  return (
    <section className={`verify-sign ${look}`} data-sign={name}>
      <svg className="shape" viewBox="0 0 100 100" aria-hidden="true">
        {drawn.map((part, place) => (
          <g key={place}>{part}</g>
        ))}
      </svg>
      <div className="sign-words" role="status">
        {children}
      </div>
    </section>
  );
}

/** Where to look: a letter, and on it the square code. */
export function LetterPicture() {
  return (
    <svg className="verify-picture" viewBox="0 0 240 200" aria-hidden="true">
      <path className="paper" d="M44 6h112l40 40v148H44z" />
      <path className="fold" d="M156 6v40h40" />
      <path className="line" d="M62 40h62M62 66h112M62 84h112M62 102h84M62 128h40M62 146h40" />
      <path
        className="code"
        d="M122 118h26v26h-26zM162 118h6v6h-6zM122 158h6v6h-6zM134 166h8v8h-8zM154 134h10v8h-10zM150 152h8v8h-8zM164 156h10v10h-10zM150 168h8v8h-8z"
      />
      <path className="eye" d="M112 124v-16h16M172 108h16v16M188 170v16h-16M128 186h-16v-16" />
    </svg>
  );
}
