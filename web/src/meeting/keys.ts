/** The keys that work wherever the hands are, also those that a foot pedal sends. */
import type { Key } from "../words";

export interface Actions {
  toggle(): void;
  back(): void;
  slower(): void;
  faster(): void;
  voices(): void;
  anotherHere(): void;
  uncertain(): void;
  accept(): void;
  beginHere(): void;
  undo(): void;
  redo(): void;
  find(): void;
  help(): void;
  pane(): void;
}

interface Binding {
  /** As `chord` writes them. */
  chords: string[];
  words: Key;
  run(actions: Actions): void;
}

/** All of them, in the order in which the help lists them. */
export const BINDINGS: Binding[] = [
  { chords: ["F4", "Ctrl+Space"], words: "key.toggle", run: (a) => a.toggle() },
  { chords: ["F2"], words: "key.back", run: (a) => a.back() },
  { chords: ["F7"], words: "key.slower", run: (a) => a.slower() },
  { chords: ["F8"], words: "key.faster", run: (a) => a.faster() },
  { chords: ["F3"], words: "key.voices", run: (a) => a.voices() },
  { chords: ["Ctrl+Alt+T"], words: "key.another", run: (a) => a.anotherHere() },
  { chords: ["F9"], words: "key.uncertain", run: (a) => a.uncertain() },
  { chords: ["Ctrl+Enter", "F10"], words: "key.accept", run: (a) => a.accept() },
  { chords: ["Ctrl+Alt+N"], words: "key.begin", run: (a) => a.beginHere() },
  { chords: ["Ctrl+Z"], words: "key.undo", run: (a) => a.undo() },
  { chords: ["Ctrl+Y", "Ctrl+Shift+Z"], words: "key.redo", run: (a) => a.redo() },
  { chords: ["Ctrl+F"], words: "key.find", run: (a) => a.find() },
  { chords: ["F6"], words: "key.pane", run: (a) => a.pane() },
  { chords: ["F1"], words: "key.help", run: (a) => a.help() },
];

/** Returns the name of what is pressed; Command counts as Ctrl. */
export function chord(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  const key = event.code === "Space" ? "Space" : event.key;
  return [...parts, key.length === 1 ? key.toUpperCase() : key].join("+");
}

/** Listens to the keys; returns what ends it. A dialog that is open has its own. */
export function onKeys(actions: Actions): () => void {
  const listen = (event: KeyboardEvent) => {
    if (document.querySelector("dialog[open]")) return;
    const pressed = chord(event);
    const field =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    const binding = BINDINGS.find(({ chords }) => chords.includes(pressed));
    // In a field of its own, undoing and the arrows are the field's.
    if (!binding || (field && !/^F\d|Ctrl\+Space/.test(pressed))) return;
    event.preventDefault();
    event.stopPropagation();
    binding.run(actions);
  };
  addEventListener("keydown", listen, { capture: true });
  return () => removeEventListener("keydown", listen, { capture: true });
}
