// A staff screen that nobody touched for half an hour signs out by itself. The node would refuse the next press anyway;
// this takes away what still stands on the screen.
import { useEffect } from "react";
import { ask } from "./sign_in.js";

const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];
const LOOK_MS = 10_000;

/** Draws nothing. `minutes` is the node's own rule. */
export function Away(/** @type {{ minutes: number, to: string }} */ { minutes, to }) {
  useEffect(() => {
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const leave = async () => {
      clearInterval(timer);
      await ask("DELETE", "/api/v1/staff/session");
      window.location.replace(to);
    };
    const timer = setInterval(() => {
      if (Date.now() - touched >= minutes * 60_000) void leave();
    }, LOOK_MS);
    for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
    };
  }, [minutes, to]);
  return null;
}
