// Plays clips one after the other on one audio element (phones let only the element that was touched play on).

export const FORMAT = "audio/ogg; codecs=opus";
const START_MS = 15_000; // a clip that has not begun by then is skipped: the node may be making it, or gone without a word

/** @typedef {{ id: string[], en: string[] }} Script addresses of clips in each language */
/**
 * What the dock shows. `unavailable`: the last press could not be heard at all. `hushed`: somebody ended the last reading by hand.
 * @typedef {Readonly<{ speaking: boolean, unavailable: boolean, hushed: boolean, script: Script }>} SpeechState
 */
/**
 * @typedef {object} PlayerParts
 * @property {() => HTMLAudioElement} audio makes the element
 * @property {(url: string) => Promise<Blob | undefined>} blob the kept clip
 * @property {(blob: Blob) => string} address makes an address for a blob
 * @property {(address: string) => void} release
 * @property {(done: () => void, ms: number) => unknown} later setTimeout
 * @property {(timer: any) => void} never clearTimeout
 */

/** @param {PlayerParts} parts */
export function createPlayer({ audio, blob, address, release, later, never }) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {SpeechState} */
  let state = { speaking: false, unavailable: false, hushed: false, script: { id: [], en: [] } };
  /** @type {HTMLAudioElement | undefined} */
  let element;
  let turn = 0; // rises with every speak and stop: who holds an older one is silent
  /** @type {(() => void) | undefined} */
  let cut;

  /** @param {Partial<SpeechState>} change */
  function become(change) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function stop() {
    turn += 1;
    element?.pause();
    cut?.();
    if (state.speaking) become({ speaking: false });
  }

  /** Whether the clip was heard to its end. @param {HTMLAudioElement} player @param {string} source @returns {Promise<boolean>} */
  function play(player, source) {
    return new Promise((resolve) => {
      /** @param {boolean} heard */
      const finish = (heard) => {
        never(watch);
        player.onended = player.onerror = player.onplaying = null;
        cut = undefined;
        resolve(heard);
      };
      const watch = later(() => finish(false), START_MS);
      cut = () => finish(false);
      player.onended = () => finish(true);
      player.onerror = () => finish(false);
      player.onplaying = () => never(watch);
      player.src = source;
      Promise.resolve(player.play()).catch(() => finish(false));
    });
  }

  /** @param {HTMLAudioElement} player @param {string} url @param {number} mine */
  async function playOne(player, url, mine) {
    const here = await blob(url);
    if (mine !== turn) return false;
    const source = here ? address(here) : url;
    try {
      return await play(player, source);
    } finally {
      if (here) release(source);
    }
  }

  /**
   * Read `urls` in order; a clip that cannot be had is skipped.
   * @param {string[]} urls
   * @returns {Promise<"done" | "stopped" | "silent">} "silent": nothing at all could be heard
   */
  async function speak(urls) {
    stop();
    turn += 1;
    const mine = turn;
    element ??= audio();
    let heard = 0;
    if (element.canPlayType(FORMAT) !== "") {
      become({ speaking: true, unavailable: false, hushed: false });
      for (const url of urls) {
        if (await playOne(element, url, mine)) heard += 1;
        if (mine !== turn) return "stopped";
      }
    }
    become({ speaking: false, unavailable: heard === 0 });
    return heard === 0 ? "silent" : "done";
  }

  return {
    speak,
    stop,
    /** End the reading because somebody asked for silence: what reads on by itself goes by that. */
    hush() {
      stop();
      become({ hushed: true });
    },
    /** @returns {SpeechState} the same object until something changes */
    read: () => state,
    /** @param {() => void} listener @returns {() => void} how to end it */
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** What the page shows now. Another script ends the one being read; whether it was another. @param {Script} script */
    setScript(script) {
      if (JSON.stringify(script) === JSON.stringify(state.script)) return false;
      stop();
      become({ script, unavailable: false });
      return true;
    },
  };
}
