// The four faces, drawn for this product: one stroke, one colour, the same amount of ink, so that none of them draws the eye.

const EYES = "M92 121v.1M164 121v.1"; // points as thick as the line of an eye

/** By score. The words beside them are what counts. @type {Record<number, { brows: string, eyes: string, mouth: string }>} */
const LOOKS = {
  1: { brows: "M70 101l32-17M186 101l-32-17", eyes: EYES, mouth: "M72 184q56-58 112 0" },
  2: { brows: "M72 91h32M184 91h-32", eyes: EYES, mouth: "M74 174q54-24 108 0" },
  3: { brows: "M72 92q16-10 32 0M152 92q16-10 32 0", eyes: EYES, mouth: "M74 162q54 24 108 0" },
  4: { brows: "M72 86q16-14 32 0M152 86q16-14 32 0", eyes: EYES, mouth: "M72 152q56 58 112 0" },
};

/** `<Face score={3} />`; it says nothing to who listens, because its word stands beside it. */
export function Face(/** @type {{ score: number }} */ { score }) {
  const look = LOOKS[score];
  if (!look) return null;
  return (
    <svg viewBox="0 0 256 256" aria-hidden="true" className="face-look" data-face={score}>
      <circle cx="128" cy="128" r="104" />
      <path d={look.brows} />
      <path className="face-eyes" d={look.eyes} />
      <path d={look.mouth} />
    </svg>
  );
}
