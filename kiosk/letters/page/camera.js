// The camera of this device, as long as somebody looks for a code: frames at a calm rate, nothing kept, and off when it is done.

const EVERY_MS = 150; // between two looks
const FAR_MS = 6000; // without a code: a hint
const TIRED_MS = 40_000; // before an idle screen would ask whether anybody is there
const LARGEST = 1280; // pixels of the longer side that are looked at
const MEASURE = "kiosk.letter-frame";
const FOREIGN = 4; // looks in a row that show another's code and no letter's

/**
 * @typedef {"opening" | "looking" | "far" | "tired" | "insecure" | "denied" | "none" | "busy" | "reader"} Seen
 * @typedef {{ read: (picture: ImageData) => Promise<{ letters: string[], others: string[] }>, found: (texts: string[]) => void, told: (seen: Seen) => void }} Listener
 */

/** Why there is no camera. @param {unknown} failure @returns {Seen} */
export function faultOf(failure) {
  const name = failure instanceof Error || failure instanceof DOMException ? failure.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
}

/** How large a frame is looked at. @param {number} width @param {number} height @param {number} [largest] */
export function lookedAt(width, height, largest = LARGEST) {
  const scale = Math.min(1, largest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Open the camera into `video` and look until a code is found. Returns how to stop, at any time. @param {HTMLVideoElement} video @param {Listener} listener */
export function watch(video, { read, found, told }) {
  /** @type {MediaStream | null} */
  let stream = null;
  let over = false;
  const canvas = document.createElement("canvas");
  const stop = () => {
    over = true;
    performance.clearMeasures(MEASURE);
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    canvas.width = canvas.height = 0; // the last frame goes with it
  };
  const end = (/** @type {Seen} */ seen) => {
    if (over) return;
    stop();
    told(seen);
  };
  const hidden = () => document.hidden && end("tired");
  document.addEventListener("visibilitychange", hidden);
  const begin = async () => {
    told("opening");
    if (!navigator.mediaDevices?.getUserMedia) return end("insecure");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
        audio: false,
      });
      if (over) return stop(); // left while the question stood there
      video.srcObject = stream;
      await video.play();
    } catch (failure) {
      return end(faultOf(failure));
    }
    if (!over) told("looking");
    const taken = (/** @type {string[]} */ texts) => {
      stop();
      found(texts);
    };
    await look(video, canvas, { read, told, end, isOver: () => over, found: taken });
  };
  void begin();
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    stop();
  };
}

/**
 * @param {HTMLVideoElement} video @param {HTMLCanvasElement} canvas
 * @param {Listener & { end: (seen: Seen) => void, isOver: () => boolean }} listener
 */
async function look(video, canvas, { read, found, told, end, isOver }) {
  const begun = performance.now();
  let foreign = 0;
  let hinted = false;
  while (!isOver()) {
    const started = performance.now();
    const picture = frameOf(video, canvas);
    let codes = { letters: /** @type {string[]} */ ([]), others: /** @type {string[]} */ ([]) };
    try {
      if (picture) codes = await read(picture);
    } catch {
      return end("reader");
    }
    performance.measure(MEASURE, { start: started }); // bench/letters_camera.py reads it
    if (isOver()) return undefined;
    if (codes.letters.length > 0) return found(codes.letters);
    foreign = codes.others.length > 0 ? foreign + 1 : 0;
    if (foreign >= FOREIGN) return found(codes.others);
    const looked = performance.now() - begun;
    if (looked > TIRED_MS) return end("tired");
    if (looked > FAR_MS && !hinted) {
      hinted = true;
      told("far");
    }
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
  return undefined;
}

/** What the camera sees now; null before its first frame. @param {HTMLVideoElement} video @param {HTMLCanvasElement} canvas */
function frameOf(video, canvas) {
  if (video.readyState < 2 || !video.videoWidth) return null;
  const { width, height } = lookedAt(video.videoWidth, video.videoHeight);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  if (!drawing) return null;
  drawing.drawImage(video, 0, 0, width, height);
  return drawing.getImageData(0, 0, width, height);
}
