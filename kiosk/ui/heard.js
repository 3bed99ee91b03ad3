// Whether the next question is read by itself: it is, once this visitor had one read, until somebody touches "Stop".

/** @typedef {import("./speech_player.js").SpeechState} SpeechState */

/**
 * What holds after the player told of a change. That a reading ended, or made way for the next question, changes nothing.
 * @param {boolean} before @param {Pick<SpeechState, "speaking" | "hushed">} speech
 */
export function readsOn(before, { speaking, hushed }) {
  if (speaking) return true;
  return hushed ? false : before;
}
