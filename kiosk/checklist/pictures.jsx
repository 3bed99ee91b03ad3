// What a paper looks like, for who does not read well: drawn in the colours of the page, the same names as in guide.py.

const LINES = <path className="pic-text" d="M54 132h132M54 158h132M54 184h96" />;

/** A sheet with a folded corner. */
function Sheet(/** @type {{ children?: import("react").ReactNode }} */ { children }) {
  return (
    <>
      <path className="pic-paper" d="M24 14h150l42 42v260H24z" />
      <path className="pic-fold" d="M174 14v42h42" />
      {children}
    </>
  );
}

const HEAD = (
  <>
    <circle className="pic-soft" cx="66" cy="66" r="19" />
    <path className="pic-solid" d="M66 55l11 11-11 11-11-11z" />
    <path className="pic-line" d="M98 56h52M98 76h72M44 104h152" />
  </>
);
const HAND = <path className="pic-line" d="M124 268c14-30 22-34 24-18s10 14 18-2 14-6 12 6 14 8 26-4M124 292h78" />;
const STAMP = (
  <>
    <circle className="pic-stamp" cx="84" cy="250" r="38" />
    <circle className="pic-stamp" cx="84" cy="250" r="25" />
    <path className="pic-stamp-solid" d="M84 236l14 14-14 14-14-14z" />
  </>
);

const PERSON = "a18 18 0 1 0 .1 0M-30 74c0-26 12-38 30-38s30 12 30 38z";

/** @type {Record<string, import("react").ReactNode>} */
const PICTURES = {
  paper: (
    <Sheet>
      <path className="pic-line" d="M54 66h84M54 92h60" />
      {LINES}
      <path className="pic-text" d="M54 210h132M54 236h110" />
    </Sheet>
  ),
  stamped: (
    <Sheet>
      {HEAD}
      {LINES}
      {STAMP}
      {HAND}
    </Sheet>
  ),
  signed: (
    <Sheet>
      <path className="pic-line" d="M54 66h84M54 92h60" />
      {LINES}
      <path className="pic-stamp-box" d="M46 228h58v66H46z" />
      <path className="pic-stamp" d="M60 250h30M60 270h20" />
      {HAND}
    </Sheet>
  ),
  booklet: (
    <>
      <path className="pic-soft" d="M52 34h164v282H52z" />
      <path className="pic-paper" d="M24 14h164v282H24z" />
      <path className="pic-line" d="M54 14v282M80 70h84M80 100h60" />
      <path className="pic-text" d="M80 148h84M80 174h84M80 200h52" />
    </>
  ),
  card: (
    <>
      <rect className="pic-paper" x="-30" y="76" width="300" height="188" rx="14" />
      <path className="pic-line" d="M-8 106h150" />
      <path className="pic-text" d="M-8 142h126M-8 172h126M-8 202h84M-8 232h104" />
      <rect className="pic-soft" x="150" y="132" width="96" height="110" rx="6" />
      <circle className="pic-solid" cx="198" cy="170" r="18" />
      <path className="pic-solid" d="M162 240c0-28 14-44 36-44s36 16 36 44z" />
    </>
  ),
  photo: (
    <>
      <rect className="pic-paper" x="14" y="24" width="212" height="282" rx="8" />
      <rect className="pic-soft" x="36" y="48" width="168" height="216" />
      <circle className="pic-solid" cx="120" cy="128" r="36" />
      <path className="pic-solid" d="M50 264c0-56 28-86 70-86s70 30 70 86z" />
    </>
  ),
  plan: (
    <>
      <path className="pic-paper" d="M-30 46h300v232H-30z" />
      <path className="pic-soft" d="M0 78h108v76H0zM132 78h108v120H132zM0 178h108v70H0z" />
      <path className="pic-line" d="M120 46v232M132 222h108M0 166h108" />
      <path className="pic-stamp-solid" d="M186 92a26 26 0 0 1 26 26c0 20-26 46-26 46s-26-26-26-46a26 26 0 0 1 26-26z" />
      <circle className="pic-hole" cx="186" cy="118" r="9" />
    </>
  ),
  people: (
    <>
      <Sheet />
      <path className="pic-text" d="M54 66h96M54 92h70" />
      <g className="pic-solid">
        <path d={`M72 128${PERSON}`} transform="translate(0 0)" />
        <path d={`M168 128${PERSON}`} />
        <path d={`M120 160${PERSON}`} />
      </g>
      <path className="pic-line" d="M50 270h60M130 270h60M50 296h60M130 296h60" />
    </>
  ),
  person: (
    <>
      <circle className="pic-soft" cx="120" cy="110" r="62" />
      <path className="pic-soft" d="M10 316c0-84 44-124 110-124s110 40 110 124z" />
    </>
  ),
};

/** `<Picture name="stamped" />`; an unknown name is a sheet of paper. */
export function Picture(/** @type {{ name: string }} */ { name }) {
  return (
    <div className="check-picture">
      <svg viewBox="-36 0 312 330" aria-hidden="true">
        {PICTURES[name] ?? PICTURES.paper}
      </svg>
    </div>
  );
}
