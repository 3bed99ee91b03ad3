// The page on which anybody checks a letter. What is decided stands in steps.js and use_check.js; here is what each step looks like.
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Differs, Same } from "./after.jsx";
import { Camera } from "./camera.jsx";
import { Choose } from "./choose.jsx";
import { Report } from "./report.jsx";
import { Result } from "./result.jsx";
import { Typed } from "./typed.jsx";
import { useCheck } from "./use_check.js";

/** @typedef {{ texts: any, told: any, checking: import("./use_check.js").Checking }} Props  texts and sentences: texts.py */

const SCREENS = { choose: Choose, camera: Camera, type: Typed, checking: Checking, result: Result, same: Same, differs: Differs, report: Report };

/** `<VerifyLetter texts told />` */
export function VerifyLetter(/** @type {Omit<Props, "checking">} */ { texts, told }) {
  const checking = useCheck();
  const Step = SCREENS[checking.state.step];
  return <Step texts={texts} told={told} checking={checking} />;
}

function Checking(/** @type {Props} */ { texts }) {
  return (
    <div className="verify" data-step="checking">
      <div className="verify-head">
        <h1 role="status">
          <Words of={texts.checking} />
        </h1>
      </div>
    </div>
  );
}
