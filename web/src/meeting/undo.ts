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
  /** The last step that was asked for: they are taken one after another. */
  private last: Promise<void> = Promise.resolve();

  attach(text: TextHistory): void {
    this.text = text;
  }

  /** A step was added to the editor's history, or something was decided. */
  push(entry: Entry): void {
    // What the editor's history does itself is no new step.
    if (this.running && entry === "text") return;
    this.done.push(entry);
    this.undone = [];
    this.tell();
  }

  /** Forgets what did not come about. */
  drop(act: Act): void {
    this.done = this.done.filter((entry) => entry !== act);
    this.tell();
  }

  undo(): Promise<void> {
    this.last = this.last.then(() => this.move("undo"));
    return this.last;
  }

  redo(): Promise<void> {
    this.last = this.last.then(() => this.move("redo"));
    return this.last;
  }

  /** Forgets the steps of a text that is no longer shown. */
  forgetText(): void {
    this.done = this.done.filter((entry) => entry !== "text");
    this.undone = this.undone.filter((entry) => entry !== "text");
    this.tell();
  }

  private async move(way: "undo" | "redo"): Promise<void> {
    const entry = (way === "undo" ? this.done : this.undone).pop();
    if (entry === undefined) return;
    this.running = true;
    let moved = true;
    try {
      if (entry === "text") this.text?.[way]();
      else moved = await entry[way]();
    } finally {
      this.running = false;
      // What did not come about may be tried again.
      const to = moved === (way === "undo") ? this.undone : this.done;
      to.push(entry);
      this.tell();
    }
  }

  private tell(): void {
    this.canUndo.value = this.done.length > 0;
    this.canRedo.value = this.undone.length > 0;
  }
}
