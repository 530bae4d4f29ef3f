/** The places in the draft that want the referent's eye, in reading order. */
import type { Node } from "prosemirror-model";
import type { StatementFact } from "../api/wire";
import { isAsked, isOpen, isUncertain } from "./doubt";

/** What a place is: a proposal, a mark of doubt in the words, or a kind of statement. */
export type PlaceKind = "proposal" | "doubt" | "decision" | "action" | "unsure";

export interface Place {
  kind: PlaceKind;
  from: number;
  to: number;
  /** The statement it belongs to, where there is one. */
  id: string | null;
  /** Whether it is still to be looked at: a decision that is confirmed is not. */
  open: boolean;
  /** The line it stands in. */
  words: string;
}

/** What the program writes where it could not tell, in either language. */
const DOUBT = /\[(?:\?|ukendt taler|unknown speaker)\]/g;

/** Returns every place: what is asked for or unsure, settled or not, and the doubts in the words. */
export function places(doc: Node, facts: Map<string, StatementFact>): Place[] {
  const out: Place[] = [];
  doc.forEach((node, offset) => {
    if (node.type.name === "proposal") {
      const to = offset + node.nodeSize;
      out.push({ kind: "proposal", from: offset, to, id: null, open: true, words: "" });
    } else if (node.type.name === "statement") {
      out.push(...inStatement(node, offset, facts));
    } else if (node.isTextblock) {
      out.push(...doubts(node, offset + 1, null));
    }
  });
  return out;
}

/** A statement's doubts, and the statement itself where it is asked for or unsure. */
function inStatement(node: Node, offset: number, facts: Map<string, StatementFact>): Place[] {
  const { id } = node.attrs as { id: string | null };
  const line = node.firstChild;
  const fact = id === null ? undefined : facts.get(id);
  if (!line || fact?.reviewed === "rejected") return [];
  const start = offset + 2;
  const out = doubts(line, start, id);
  if (!fact) return out;
  const asked = isAsked(fact) ? (fact.kind === "action" ? "action" : "decision") : null;
  const kind = asked ?? (isUncertain(fact) ? "unsure" : null);
  if (!kind || (kind === "unsure" && out.length > 0)) return out;
  const to = start + line.content.size;
  return [{ kind, from: start, to, id, open: isOpen(fact), words: line.textContent }, ...out];
}

function doubts(block: Node, start: number, id: string | null): Place[] {
  const words = block.textContent;
  // A break is one place wide, as one letter is.
  const text = block.textBetween(0, block.content.size, "", "\n");
  return [...text.matchAll(DOUBT)].map((match) => {
    const from = start + match.index;
    return { kind: "doubt", from, to: from + match[0].length, id, open: true, words };
  });
}

/** Returns what is to be looked at still, each statement once. */
export function uncertain(doc: Node, facts: Map<string, StatementFact>): Place[] {
  const open = places(doc, facts).filter((place) => place.open);
  const doubtful = new Set(open.flatMap(({ kind, id }) => (kind === "doubt" ? [id] : [])));
  return open.filter(({ kind, id }) => kind === "doubt" || id === null || !doubtful.has(id));
}

/** Returns the first place after `position`, the very first when there is none after it. */
export function after(among: Place[], position: number): Place | undefined {
  return among.find((place) => place.from > position) ?? among[0];
}
