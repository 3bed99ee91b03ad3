// A QR code on the glass, drawn by the browser.
import { useMemo } from "react";
import { drawn } from "./qr.js";

/** `text` is what it carries, `label` what who listens hears of it. */
export function QrCode(/** @type {{ text: string, label: string }} */ { text, label }) {
  const { side, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges" data-qr={text}>
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
