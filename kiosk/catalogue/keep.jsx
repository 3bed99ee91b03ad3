// Draws nothing: keeps every service of the office on this device, so that its page works, and is read aloud, when the node is gone.

import { useEffect } from "react";
import { getJson, lastCopy } from "$/public/external/kiosk/ui/cached.js";
import { manifest, prefetch } from "$/public/external/kiosk/ui/speech.js";
import { clipsOf, keepAll, keptOf, LIST } from "./keep.js";

const AFTER_MS = 1500; // the page that the visitor sees comes first
const VOICE_AFTER_MS = 8000; // the node makes a clip when it is first asked for: not while a screen is starting
const AGAIN_MS = 10 * 60_000;
const MOST_CLIPS = 1500; // fewer than the shelf holds (speech_shelf.js), or services would push each other out for ever

const QUEUES = "/api/v1/queues"; // the desks, for the page of hours and desks
const CHECKLISTS = "/api/v1/checklists";
const SURVEY = "/api/v1/survey";

async function keepServices() {
  void getJson(QUEUES);
  void getJson(CHECKLISTS);
  const survey = getJson(SURVEY);
  const list = await getJson(LIST);
  const tiles = Array.isArray(list.body) ? list.body : [];
  await keepAll(tiles, { getJson, lastCopy });
  await survey;
  return keptOf(tiles, lastCopy);
}

/** The pages' own words and the survey first, then the services. On kiosks and tablets only, one clip at a time, when the browser is idle:
 * `prefetch` sees to that. */
async function keepVoices() {
  const services = (await keepServices()).map(({ speech }) => speech);
  const pages = Object.values((await manifest())?.pages ?? {});
  const survey = Object.values(lastCopy(SURVEY)?.body?.speech ?? {});
  await prefetch(clipsOf([...pages, ...survey, ...services], MOST_CLIPS));
}

export function KeepCatalogue() {
  useEffect(() => {
    const pages = setTimeout(keepServices, AFTER_MS);
    const voices = setTimeout(keepVoices, VOICE_AFTER_MS);
    const again = setInterval(keepVoices, AGAIN_MS);
    return () => {
      clearTimeout(pages);
      clearTimeout(voices);
      clearInterval(again);
    };
  }, []);
  return null;
}
