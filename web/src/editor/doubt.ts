/** Which statements want the referent's eye. */
import type { StatementFact } from "../api/wire";

/** The kinds of statements that ask for the referent's yes or no. */
const ASKED = new Set(["decision", "vote", "action"]);
/** Below this confidence a statement is shown as uncertain. */
const UNCERTAIN = 0.6;

export function isAsked({ kind }: StatementFact): boolean {
  return ASKED.has(kind);
}

export function isUncertain({ confidence }: StatementFact): boolean {
  return confidence < UNCERTAIN;
}

/** Whether nobody has said yes or no to it. */
export function isOpen({ reviewed }: StatementFact): boolean {
  return reviewed === null;
}
