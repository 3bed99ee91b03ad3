// After the comparison: all is the same, or something is different.
import { useEffect } from "react";
import { Words } from "$/public/external/kiosk/ui/words_both.jsx";
import { Button, Note, Steps, Title } from "./parts.jsx";
import { Sign } from "./signs.jsx";

/** @typedef {import("./verify.jsx").Props} Props */

export function Same(/** @type {Props} */ { texts, checking }) {
  useEffect(() => checking.say("verify-same"), [checking.say]);
  return (
    <div className="verify verify-result" data-step="same">
      <Sign name="sent">
        <Title of={texts.same} />
        <p>
          <Words of={texts.same_lead} />
        </p>
      </Sign>
      <div className="verify-body">
        <Note of={texts.same_help} />
      </div>
      <div className="verify-do">
        <Button of={texts.another} name="again" icon="scan" look="primary mirror" act={checking.begin} />
      </div>
    </div>
  );
}

export function Differs(/** @type {Props} */ { texts, checking }) {
  useEffect(() => checking.say("verify-differs"), [checking.say]);
  return (
    <div className="verify verify-result" data-step="differs">
      <Sign name="altered">
        <Title of={texts.differs} />
        <p>
          <Words of={texts.differs_lead} />
        </p>
      </Sign>
      <div className="verify-body">
        <Steps texts={texts} steps={[texts.not_yet, texts.ask_pdf, texts.ask_office]} phone />
      </div>
      <div className="verify-do">
        <Button of={texts.another} name="again" icon="scan" act={checking.begin} />
        <Button of={texts.report} name="report" icon="flag" look="primary mirror" act={() => checking.go("report")} />
      </div>
    </div>
  );
}
