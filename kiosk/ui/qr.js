// QR codes in the browser, because the node that draws them elsewhere may be dead: ISO/IEC 18004, level M, with the quiet zone.
import { encode } from "uqr";

const QUIET_ZONE = 4;

/** The side in modules, and the dark modules as one SVG path of that size. @param {string} text */
export function drawn(text) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const rows = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return { side: size, path: rows.join("") };
}
