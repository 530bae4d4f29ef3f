/** How the referent likes to listen, kept in the browser. */
import { effect, signal, type Signal } from "@preact/signals";

function kept(name: string): Signal<boolean> {
  const on = signal(localStorage.getItem(name) !== "no");
  effect(() => localStorage.setItem(name, on.value ? "yes" : "no"));
  return on;
}

/** A line that is played stops where it ends. */
export const stopsAtLine = kept("referat-stops-at-line");
/** The picture of the sound is shown. */
export const showsWave = kept("referat-shows-wave");
/** What is paused goes on a little earlier. */
export const rewinds = kept("referat-rewinds");
