/** What the editor's parts need to know of the meeting around them. */
import type { ReadonlySignal } from "@preact/signals";
import type { StatementFact } from "../api/wire";

export interface EditorContext {
  /** What the machine knows of each statement, by id. */
  facts: ReadonlySignal<Map<string, StatementFact>>;
  /** The statement whose sound is playing. */
  active: ReadonlySignal<string | null>;
  playStatement(id: string): void;
  /** Puts the sound where a statement begins, or a sentence beneath it that is shown with a time. */
  cue(id: string, shown?: string): void;
  settle(id: string, verdict: "accept" | "reject"): void;
  /** The name of the document's language, for the spell-check. */
  language: string;
}
