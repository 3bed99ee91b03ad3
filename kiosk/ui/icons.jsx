// Icons from the same sprite as kiosk/ui/icons.py. An icon never stands without a word, so it is hidden from who listens.

/** `<Icon name="ticket" />`: as large as 1.5 times its text. */
export function Icon(/** @type {{ name: string, className?: string }} */ { name, className = "" }) {
  return (
    <svg viewBox="0 0 256 256" aria-hidden="true" className={`ic ${className}`.trim()}>
      <use href={`/icons.svg#${name}`} />
    </svg>
  );
}
