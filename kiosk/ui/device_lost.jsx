// A device that the office computer no longer knows says so over the whole page, and lets nobody do anything there but enrol it.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { Icon } from "./icons.jsx";
import { isDeviceLost, subscribeDevice } from "./report.js";
import { forgetVisitor } from "./visitor.js";
import { Words } from "./words_both.jsx";

const ENROL = "/daftar";

/** @typedef {import("./words.js").Texts} Texts */

export function DeviceLost(/** @type {{ texts: Texts, pathname: string }} */ { texts, pathname }) {
  const lost = useSyncExternalStore(subscribeDevice, isDeviceLost, () => false);
  return lost && !pathname.startsWith(ENROL) ? <Notice texts={texts} /> : null;
}

/** A modal dialog: what lies below can be neither touched nor reached by keys. */
function Notice(/** @type {{ texts: Texts }} */ { texts }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const open = () => {
    if (!dialog.current?.open) dialog.current?.showModal();
  };
  useEffect(() => {
    forgetVisitor();
    open();
  }, []);
  return (
    <dialog ref={dialog} className="device-lost" aria-labelledby="device-lost-title" onCancel={(event) => event.preventDefault()} onClose={open}>
      <Icon name="warning-circle" />
      <h2 id="device-lost-title">
        <Words of={texts.device_lost} />
      </h2>
      <p>
        <Words of={texts.device_lost_then} />
      </p>
      <a className="btn primary" href={ENROL}>
        <Words of={texts.device_again} />
      </a>
    </dialog>
  );
}
