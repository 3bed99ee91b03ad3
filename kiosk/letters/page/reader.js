// Reads QR codes in pictures, in the browser alone: zxing-cpp as WebAssembly, from our own files.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import program from "zxing-wasm/reader/zxing_reader.wasm?url";

const LETTER = /^\s*https?:\/\/[^/]+\/v\/?#[0-9]+\s*$/i;
const OPTIONS = /** @type {const} */ ({ formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: false, maxNumberOfSymbols: 8 });

/** @type {Promise<unknown> | undefined} */
let ready;

/** Load the reader, once; a failure may be tried again. */
export function prepareReader() {
  ready ??= Promise.resolve(
    prepareZXingModule({ overrides: { locateFile: (/** @type {string} */ name) => (name.endsWith(".wasm") ? program : name) }, fireImmediately: true }),
  ).catch((failure) => {
    ready = undefined;
    throw failure;
  });
  return ready;
}

/** The texts of all codes in a picture, letters' first. @param {ImageData} picture @returns {Promise<{ letters: string[], others: string[] }>} */
export async function readCodes(picture) {
  await prepareReader();
  const texts = (await readBarcodes(picture, OPTIONS)).filter((code) => code.isValid).map((code) => code.text);
  return { letters: [...new Set(texts.filter((text) => LETTER.test(text)))], others: texts.filter((text) => !LETTER.test(text)) };
}
