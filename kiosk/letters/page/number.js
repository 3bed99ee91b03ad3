// What a visitor types from a letter: its number, and the check code of 12 signs in Crockford's base 32.
import { SIGNS } from "$/public/external/kiosk/ui/random.js";

export const CODE_SIGNS = 12;
const LONGEST_NUMBER = 64;
const ALIKE = /** @type {Record<string, string>} */ ({ O: "0", I: "1", L: "1" }); // Crockford: read as what they look like

/** A number as letters print it, in capitals. @param {string} text */
export const numberTyped = (text) => text.toUpperCase().replace(/\s+/g, " ").trimStart().slice(0, LONGEST_NUMBER);

/** The signs of a check code in what was typed; what is none falls out. @param {string} text */
export function codeSigns(text) {
  const signs = [...text.toUpperCase()].map((sign) => ALIKE[sign] ?? sign).filter((sign) => SIGNS.includes(sign));
  return signs.slice(0, CODE_SIGNS).join("");
}

/** In groups of four, as it is printed. @param {string} code */
export const codeShown = (code) => code.replace(/(.{4})(?=.)/g, "$1 ");
