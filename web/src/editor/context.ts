/** What the editor's parts need to know of the meeting around them. */
import type { ReadonlySignal } from "@preact/signals";
import type { StatementFact } from "../api/wire";

export interface EditorContext {
  /** What the machine knows of each statement, by id. */
  facts: ReadonlySignal<Map<string, StatementFact>>;
  /** The statement whose sound is playing. */
  active: ReadonlySignal<string | null>;
  playStatement(id: string): void;
  /** Plays the sentence beneath a statement that is shown with this time. */
  playSaid(id: string, shown: string): void;
  settle(id: string, verdict: "accept" | "reject"): void;
  /** The name of the document's language, for the spell-check. */
  language: string;
}
