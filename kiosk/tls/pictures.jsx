// Small pictures for the steps of /setup. They only repeat what the words say, so they are hidden from who listens.

/** The tablet around every picture. */
function Tablet(/** @type {{ children?: any }} */ { children }) {
  return (
    <svg viewBox="0 0 120 80" className="setup-picture" aria-hidden="true">
      <rect className="body" x="2" y="2" width="116" height="76" rx="9" />
      <rect className="glass" x="9" y="8" width="102" height="64" rx="3" />
      {children}
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
  <Tablet>
    <path className="line" d="M60 20v26m-11-11 11 11 11-11M42 58h36" />
  </Tablet>
);

const Search = () => (
  <Tablet>
    <rect className="field" x="15" y="12" width="90" height="10" rx="5" />
    <path className="line thin" d="M22 17a2.500 2.500 0 1 0 .1 0m2 2 2.400 2.400M31 17h34" />
    <Rows lit={0} />
  </Tablet>
);

const File = () => (
  <Tablet>
    <path className="paper" d="M42 16h26l12 12v38H42z" />
    <path className="line thin" d="M68 16v12h12" />
    <circle className="seal" cx="61" cy="43" r="8" />
    <path className="line thin" d="m57 50-2 10 6-3 6 3-2-10" />
  </Tablet>
);

const Compare = () => (
  <Tablet>
    {[15, 71].map((x) => (
      <g key={x}>
        <rect className="paper" x={x} y="18" width="34" height="44" rx="3" />
        <path className="line thin" d={`M${x + 6} 29h8m6 0h8m-22 11h8m6 0h8m-22 11h8m6 0h8`} />
      </g>
    ))}
    <path className="line" d="M55 37h10m-10 7h10" />
  </Tablet>
);

const Install = () => (
  <Tablet>
    <path className="line thin" d="M18 18h40M18 27h58M18 36h46" />
    <rect className="press" x="62" y="48" width="42" height="16" rx="6" />
    <path className="line on-press" d="m75 56 5 5 10-10" />
  </Tablet>
);

const Switch = () => (
  <Tablet>
    <path className="line thin" d="M18 20h50M18 60h40" />
    <rect className="field" x="15" y="30" width="90" height="20" rx="4" />
    <path className="line thin" d="M22 40h36" />
    <rect className="press" x="76" y="33.500" width="25" height="13" rx="6.500" />
    <circle className="knob" cx="94" cy="40" r="5" />
  </Tablet>
);

const PICTURES = { download: Download, search: Search, file: File, compare: Compare, install: Install, switch: Switch };

/** `<Picture of="download" />` */
export function Picture(/** @type {{ of: keyof typeof PICTURES }} */ { of }) {
  const Drawn = PICTURES[of];
  return <Drawn />;
}
