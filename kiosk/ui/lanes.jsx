// The sign of a lane: letter, colour, and the corner that points to the centre of the kawung. Its name stands beside it.

/** `<LaneSign code="A" />`; lanes beyond D are drawn as A. */
export function LaneSign(/** @type {{ code: string, small?: boolean }} */ { code, small = false }) {
  const known = "ABCD".includes(code) ? code : "A";
  return (
    <span className={`lane ${known}${small ? " sm" : ""}`} aria-hidden="true">
      {code}
    </span>
  );
}
