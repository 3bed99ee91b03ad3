// The camera's picture with a frame for the code, and what is the matter when there is none.
import { useEffect, useRef, useState } from "react";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { watch } from "./camera.js";
import { FileInput } from "./choose.jsx";
import { Button, Head } from "./parts.jsx";
import { prepareReader, readCodes } from "./reader.js";

/** @typedef {import("./verify.jsx").Props} Props */
/** @typedef {import("./camera.js").Seen} Seen */

const LIVING = ["opening", "looking", "far"];

/** The text that says why there is no picture. @param {Seen} seen */
const troubleOf = (seen) => (seen === "tired" ? "tired" : `camera_${seen}`);

export function Camera(/** @type {Props} */ { texts, checking }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [seen, setSeen] = useState(/** @type {Seen} */ ("opening"));
  const [round, setRound] = useState(0);
  const found = useRef(checking.scanned);
  found.current = checking.scanned;
  useEffect(() => {
    void prepareReader().catch(() => undefined); // told with the first frame
    return video.current ? watch(video.current, { read: readCodes, found: (texts) => found.current(texts), told: setSeen }) : undefined;
  }, [round]);
  const living = LIVING.includes(seen);
  useEffect(() => checking.say("verify-camera"), [checking.say]);
  return (
    <div className="verify verify-camera" data-step="camera" data-seen={seen}>
      {living ? <Head of={texts.hold} lead={texts.hold_help} /> : <Head key={seen} of={texts[troubleOf(seen)]} lead={texts[`${troubleOf(seen)}_help`]} />}
      <div className="verify-view" hidden={!living}>
        <div className="verify-glass">
          <video ref={video} muted playsInline disablePictureInPicture />
          <svg className="verify-frame" viewBox="0 0 100 100" aria-hidden="true">
            <path d="M4 28V4h24M72 4h24v24M96 72v24H72M28 96H4V72" />
          </svg>
        </div>
        <p className="verify-hint" role="status">
          <Words of={seen === "opening" ? texts.opening : seen === "far" ? texts.too_far : texts.not_shown} />
        </p>
      </div>
      {living ? null : <Instead texts={texts} seen={seen} checking={checking} again={() => setRound(round + 1)} />}
      <div className="verify-do">
        <Button of={texts.type} name="type" look={isFruitless(seen, checking.takesFiles) ? "primary mirror" : "mirror"} act={checking.type} />
      </div>
    </div>
  );
}

/** Whether typing is what is left: there is no camera, and no file of the visitor's. @param {Seen} seen @param {boolean} takesFiles */
const isFruitless = (seen, takesFiles) => !takesFiles && ["none", "denied", "insecure"].includes(seen);

/** No picture: what to do. */
function Instead(/** @type {{ texts: any, seen: Seen, checking: import("./use_check.js").Checking, again: () => void }} */ { texts, seen, checking, again }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const photo = checking.takesFiles && seen !== "reader";
  const typing = isFruitless(seen, checking.takesFiles);
  return (
    <div className="verify-instead">
      {photo ? <Button of={texts.photo} name="photo" icon="camera" look={seen === "tired" ? "" : "primary"} act={() => input.current?.click()} /> : null}
      {photo ? <FileInput input={input} accept="image/*" capture="environment" take={checking.takeFile} /> : null}
      {seen === "insecure" ? null : (
        <Button of={texts.again} name="again" icon="arrow-clockwise" look={seen === "tired" || (!photo && !typing) ? "primary" : ""} act={again} />
      )}
    </div>
  );
}
