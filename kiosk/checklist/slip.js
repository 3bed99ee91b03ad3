// The slip of a checklist: which lines stand on 80 mm of paper, in what order. Pure, so that a browser's style sheet and a printer
// that is sent its characters draw the same slip.

import { groupsOf } from "./check.js";

export const COLUMNS = 42; // of 72 mm in the usual fount of such printers, 576 dots

/** @typedef {import("./check.js").List} List */
/** @typedef {{ kind: "head" | "title" | "group" | "paper" | "note" | "code" | "foot", text: string }} Line */
/** @typedef {Record<string, string>} Words of one language */

/** @param {{ list: List, letters: string, address: string, office: string, day: string, words: Words, language: "id" | "en" }} of @returns {Line[]} */
export function slipOf({ list, letters, address, office, day, words, language }) {
  const { ready, lacking, unsure } = groupsOf(list, letters);
  const said = (/** @type {string} */ id, /** @type {string | null} */ en) => (language === "en" && en ? en : id);
  /** @param {string} title @param {typeof ready} items @param {string} box @param {boolean} where @returns {Line[]} */
  const group = (title, items, box, where) =>
    items.length
      ? [
          { kind: "group", text: `${title} (${items.length})` },
          ...items.flatMap((item) => [
            /** @type {Line} */ ({ kind: "paper", text: `${box} ${said(item.text, item.text_en)}` }),
            ...(where && item.where ? [/** @type {Line} */ ({ kind: "note", text: item.where[language] })] : []),
          ]),
        ]
      : [];
  return [
    { kind: "head", text: office },
    { kind: "title", text: words.slip_title ?? "" },
    { kind: "note", text: said(list.title, list.title_en) },
    ...group(words.lacking ?? "", lacking, "[ ]", true),
    ...group(words.unsure ?? "", unsure, "[?]", false),
    ...group(words.ready ?? "", ready, "[x]", false),
    { kind: "code", text: address },
    { kind: "foot", text: words.slip_foot ?? "" },
    { kind: "foot", text: (words.slip_made ?? "").replace("{day}", day) },
  ];
}

/** A line of the slip as lines of at most `columns` characters, broken between words; a word that is longer is cut.
 * @param {string} text @param {number} [columns] @param {string} [indent] of what follows the first line @returns {string[]} */
export function wrapped(text, columns = COLUMNS, indent = "") {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (let word of text.split(/\s+/).filter(Boolean)) {
    if (line && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent;
    }
    const gap = line && line !== indent ? " " : "";
    line += gap;
    while (line.length + word.length > columns) {
      const room = columns - line.length;
      lines.push(line + word.slice(0, room));
      word = word.slice(room);
      line = indent;
    }
    line += word;
  }
  return line.trim() ? [...lines, line] : lines;
}
