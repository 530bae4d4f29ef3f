/**
 * One undo for everything: what was typed (the editor's own history) and what was decided
 * (names, boundaries, verdicts), in the order in which it was done.
 */
import { signal } from "@preact/signals";

/** Something that was decided, and how to take it back and do it again. */
export interface Act {
  /** Returns whether it came about. */
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
}

/** The editor's own history. */
export interface TextHistory {
  undo(): void;
  redo(): void;
}

type Entry = "text" | Act;

export class UndoStack {
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  private done: Entry[] = [];
  private undone: Entry[] = [];
  private text: TextHistory | null = null;
  private running = false;

  attach(text: TextHistory): void {
    this.text = text;
  }

  /** A step was added to the editor's history, or something was decided. */
  push(entry: Entry): void {
    if (this.running) return;
    this.done.push(entry);
    this.undone = [];
    this.tell();
  }

  undo(): Promise<void> {
    return this.move(this.done, this.undone, "undo");
  }

  redo(): Promise<void> {
    return this.move(this.undone, this.done, "redo");
  }

  /** Forgets the steps of a text that is no longer shown. */
  forgetText(): void {
    this.done = this.done.filter((entry) => entry !== "text");
    this.undone = this.undone.filter((entry) => entry !== "text");
    this.tell();
  }

  private async move(from: Entry[], to: Entry[], way: "undo" | "redo"): Promise<void> {
    const entry = from.at(-1);
    if (entry === undefined || this.running) return;
    this.running = true;
    try {
      if (entry === "text") this.text?.[way]();
      else if (!(await entry[way]())) return;
      from.pop();
      to.push(entry);
    } finally {
      this.running = false;
      this.tell();
    }
  }

  private tell(): void {
    this.canUndo.value = this.done.length > 0;
    this.canRedo.value = this.undone.length > 0;
  }
}
