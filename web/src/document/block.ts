/** A document as the server keeps it: `model::document::Block`, one to one, and proposals. */

/** A stretch of text in one style; `\n` is a line break. */
export interface Run {
  text: string;
  strong?: boolean;
  emphasis?: boolean;
  /** A remark of the referent's to herself; neither bold nor in italics. */
  comment?: boolean;
}

export type Text = Run[];

export interface Said {
  /** The time as shown, `hh:mm:ss`. */
  at: string;
  text: Text;
}

export type Beneath =
  | { said: Said }
  | { more: { label: string; said: Said[] } }
  | { point: { depth: number; text: Text } };

export interface Statement {
  /** Null when the referent added the line. */
  id: string | null;
  at: string;
  text: Text;
  beneath: Beneath[];
}

export interface NumberedEntry {
  number: string;
  lines: Text[];
}

export type Block =
  | { heading: { level: number; text: Text; bold: boolean } }
  | "rule"
  | { label: Text }
  | { paragraph: Text }
  | { note: Text }
  | { numbered: NumberedEntry[] }
  | { statement: Statement }
  | { table: { head: Text[]; rows: Text[][] } }
  | { comment: string }
  | { proposal: Proposal };

/**
 * What the machine, or another window, would have in place of the block before it. It stands
 * until the referent takes one of the two; `key`, `rest` and `source` go back as they came.
 */
export interface Proposal {
  key: string;
  rest: string;
  source: string;
  block?: Block;
}

/** Returns the words of a text without its comments. */
export function plain(text: Text): string {
  return text.map((run) => (run.comment ? "" : run.text)).join("");
}
