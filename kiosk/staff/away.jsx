// A staff screen that nobody touched for half an hour signs out by itself. The node would refuse the next press anyway;
// this takes away what still stands on the screen. The page also asks every few seconds whether it may still be seen: a role or an
// account may have been taken away elsewhere.
import { useEffect, useRef } from "react";
import { ask } from "./sign_in.js";

const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];
const LOOK_MS = 10_000;
const ASK_MS = 3000;

/**
 * Draws nothing. `minutes` is the node's own rule; `cut`: Reflex has lost its connection, and would keep what is asked for later.
 * @typedef {{ minutes: number, to: string, cut: boolean, onLook: () => void }} Props
 */
export function Away(/** @type {Props} */ { minutes, to, cut, onLook }) {
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (cut) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) look.current();
    }, ASK_MS);
    return () => clearInterval(timer);
  }, [cut]);
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
