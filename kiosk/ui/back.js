// "Back" on a page of several steps: the island takes one step back, and only from its first step does the page go.

/** @type {(() => boolean)[]} */
const islands = [];

/** Call `step` when "back" is touched; it says whether there was a step to take. Returns how to stop. @param {() => boolean} step */
export function onBack(step) {
  islands.push(step);
  return () => {
    islands.splice(islands.indexOf(step), 1);
  };
}

/** Take one step back, if an island has one. */
export const stepBack = () => islands.at(-1)?.() ?? false;
