// A file that a visitor chose: a photo can be read here, a PDF by the office computer alone.
import { lookedAt } from "./camera.js";

export const MOST_BYTES = 10 * 1024 * 1024; // as the office computer takes
const SIDES = [1600, 3000]; // pixels: quickly first, then as fine as a code on a whole page may need

/** @param {File} file */
export const isPdf = (file) => file.type === "application/pdf" || /\.pdf$/i.test(file.name);

/**
 * The codes in a photo, by this browser. Gives none for a picture that cannot be opened.
 * @param {Blob} file @param {(picture: ImageData) => Promise<{ letters: string[], others: string[] }>} read
 * @returns {Promise<{ letters: string[], others: string[], opened: boolean }>}
 */
export async function codesIn(file, read) {
  /** @type {string[]} */
  let others = [];
  /** @type {ImageBitmap} */
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { letters: [], others, opened: false };
  }
  try {
    for (const side of SIDES) {
      const codes = await read(pixels(picture, side));
      if (codes.letters.length > 0) return { ...codes, opened: true };
      others = codes.others;
      if (Math.max(picture.width, picture.height) <= side) break;
    }
  } finally {
    picture.close();
  }
  return { letters: [], others, opened: true };
}

/** @param {ImageBitmap} picture @param {number} side */
function pixels(picture, side) {
  const size = lookedAt(picture.width, picture.height, side);
  const canvas = Object.assign(document.createElement("canvas"), size);
  const drawing = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  drawing.fillStyle = "#fff"; // behind a picture that one sees through
  drawing.fillRect(0, 0, size.width, size.height);
  drawing.drawImage(picture, 0, 0, size.width, size.height);
  return drawing.getImageData(0, 0, size.width, size.height);
}
