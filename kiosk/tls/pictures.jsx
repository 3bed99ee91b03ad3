// Small pictures for the steps of /setup. They only repeat what the words say, so they are hidden from who listens.

/** The tablet around a picture. */
function Tablet(/** @type {{ children?: any }} */ { children }) {
  return (
    <svg viewBox="0 0 120 80" className="setup-picture" aria-hidden="true">
      <rect className="body" x="2" y="2" width="116" height="76" rx="9" />
      <rect className="glass" x="9" y="8" width="102" height="64" rx="3" />
      {children}
    </svg>
  );
}

/** The computer on a desk around a picture. */
function Desk(/** @type {{ children?: any }} */ { children }) {
  return (
    <svg viewBox="0 0 120 80" className="setup-picture" aria-hidden="true">
      <path className="body" d="M14 2h92a4 4 0 0 1 4 4v58a4 4 0 0 1-4 4H70v6h16v4H34v-4h16v-6H14a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z" />
      <rect className="glass" x="15" y="7" width="90" height="56" rx="1" />
      <g transform="translate(10 1) scale(.83)">{children}</g>
    </svg>
  );
}

function Rows(/** @type {{ lit: number }} */ { lit }) {
  return (
    <>
      {[0, 1, 2].map((row) => (
        <g key={row} className={row === lit ? "lit" : "dim"}>
          <rect x="15" y={25 + row * 15} width="90" height="12" rx="3" />
          <circle cx="23" cy={31 + row * 15} r="3" />
          <path d={`M31 ${31 + row * 15}h${row === lit ? 52 : 38}`} />
        </g>
      ))}
    </>
  );
}

const Download = () => (
  <>
    <path className="line" d="M60 20v26m-11-11 11 11 11-11M42 58h36" />
  </>
);

const Search = () => (
  <>
    <rect className="field" x="15" y="12" width="90" height="10" rx="5" />
    <path className="line thin" d="M22 17a2.500 2.500 0 1 0 .1 0m2 2 2.400 2.400M31 17h34" />
    <Rows lit={0} />
  </>
);

const File = () => (
  <>
    <path className="paper" d="M42 16h26l12 12v38H42z" />
    <path className="line thin" d="M68 16v12h12" />
    <circle className="seal" cx="61" cy="43" r="8" />
    <path className="line thin" d="m57 50-2 10 6-3 6 3-2-10" />
  </>
);

const Compare = () => (
  <>
    {[15, 71].map((x) => (
      <g key={x}>
        <rect className="paper" x={x} y="18" width="34" height="44" rx="3" />
        <path className="line thin" d={`M${x + 6} 29h8m6 0h8m-22 11h8m6 0h8m-22 11h8m6 0h8`} />
      </g>
    ))}
    <path className="line" d="M55 37h10m-10 7h10" />
  </>
);

const Install = () => (
  <>
    <path className="line thin" d="M18 18h40M18 27h58M18 36h46" />
    <rect className="press" x="62" y="48" width="42" height="16" rx="6" />
    <path className="line on-press" d="m75 56 5 5 10-10" />
  </>
);

const Switch = () => (
  <>
    <path className="line thin" d="M18 20h50M18 60h40" />
    <rect className="field" x="15" y="30" width="90" height="20" rx="4" />
    <path className="line thin" d="M22 40h36" />
    <rect className="press" x="76" y="33.500" width="25" height="13" rx="6.500" />
    <circle className="knob" cx="94" cy="40" r="5" />
  </>
);

const Restart = () => (
  <>
    <rect className="paper" x="24" y="16" width="72" height="48" rx="3" />
    <path className="line thin" d="M24 26h72" />
    <path className="line" d="M72 40a13 13 0 1 0 1 11m1-19-2 9-9-2" />
  </>
);

const PICTURES = { download: Download, search: Search, file: File, compare: Compare, install: Install, switch: Switch, restart: Restart };

/** `<Picture of="download" desk />` @param {{ of: keyof typeof PICTURES, desk: boolean }} what */
export function Picture({ of, desk }) {
  const [Frame, Drawn] = [desk ? Desk : Tablet, PICTURES[of]];
  return (
    <Frame>
      <Drawn />
    </Frame>
  );
}
