// Two soft notes for who does not look at the screen. Made by the browser itself: nothing to load, nothing to be missing.

const NOTES = [660, 495]; // Hz
const NOTE_S = 0.22;

/** Sound the notes; silent where the browser has no sound or does not allow it yet. */
export function chime() {
  const Sound = globalThis.AudioContext;
  if (!Sound) return;
  const sound = new Sound();
  NOTES.forEach((hertz, index) => {
    const start = sound.currentTime + index * NOTE_S;
    const volume = sound.createGain();
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    const note = sound.createOscillator();
    note.frequency.value = hertz;
    note.connect(volume).connect(sound.destination);
    note.start(start);
    note.stop(start + NOTE_S);
  });
  setTimeout(() => void sound.close(), NOTES.length * NOTE_S * 1000 + 300);
}
