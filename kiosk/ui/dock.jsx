// The row of touch controls, on the same place of every page: back, listen, larger text, contrast, low reach, language.
import { useEffect, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { stepBack } from "./back.js";
import { Icon } from "./icons.jsx";
import { setPrefs } from "./prefs.js";
import { readSpeech, setPageScript, subscribeSpeech, toggle } from "./speech.js";
import { usePrefs } from "./use_prefs.js";
import { holdClock } from "./visitor.js";
import { Words } from "./words_both.jsx";

/** @typedef {import("./words.js").Texts} Texts */

/** One control. A pressed one is told by its attribute, not by its colour alone. */
function Tool(
  /** @type {{ icon: string, of: { id: string, en: string }, on?: boolean, onPress: () => void, name: string }} */ { icon, of, on, onPress, name },
) {
  return (
    <button type="button" className="tool" data-tool={name} aria-pressed={on} onClick={onPress}>
      <Icon name={icon} />
      <Words of={of} />
    </button>
  );
}

const SILENT = Object.freeze({ speaking: false, unavailable: false, hushed: false, script: { id: [], en: [] } });

/** Read this page aloud, or stop. While it speaks, the idle clock stands still. */
function Listen(/** @type {{ texts: Texts, page: string | null }} */ { texts, page }) {
  const { language } = usePrefs();
  const speech = useSyncExternalStore(subscribeSpeech, readSpeech, () => SILENT);
  useEffect(() => {
    if (page) void setPageScript(page);
  }, [page]);
  useEffect(() => (speech.speaking ? holdClock() : undefined), [speech.speaking]);
  const label = speech.speaking ? texts.silence : speech.unavailable ? texts.no_voice : texts.listen;
  return <Tool name="listen" icon={speech.speaking ? "stop" : "speaker-high"} of={label} on={speech.speaking} onPress={() => void toggle(language)} />;
}

/** `<Dock texts back="/layanan" page="home" />`. Without `back` there is nowhere to go back to: that is home. */
export function Dock(/** @type {{ texts: Texts, back: string | null, page: string | null }} */ { texts, back, page }) {
  const { language, text, theme, reach } = usePrefs();
  return (
    <nav className="dock" aria-label={language === "en" ? texts.dock.en : texts.dock.id}>
      {back ? (
        <Link to={back} className="tool nav" data-tool="back" onClick={(event) => stepBack() && event.preventDefault()}>
          <Icon name="arrow-left" />
          <Words of={texts.back} />
        </Link>
      ) : null}
      <Listen texts={texts} page={page} />
      <Tool name="text" icon="text-aa" of={texts.large} on={text === "large"} onPress={() => setPrefs({ text: text === "large" ? "normal" : "large" })} />
      <Tool
        name="contrast"
        icon="circle-half"
        of={texts.contrast}
        on={theme === "contrast"}
        onPress={() => setPrefs({ theme: theme === "contrast" ? "normal" : "contrast" })}
      />
      <Tool name="reach" icon="wheelchair" of={texts.reach} on={reach === "low"} onPress={() => setPrefs({ reach: reach === "low" ? "normal" : "low" })} />
      <button
        type="button"
        className="tool"
        data-tool="language"
        lang={language === "en" ? "id" : "en"}
        onClick={() => setPrefs({ language: language === "en" ? "id" : "en" })}
      >
        <Icon name="translate" />
        {language === "en" ? "Indonesia" : "English"}
      </button>
    </nav>
  );
}
