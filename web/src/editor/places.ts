/** The places in the draft that want the referent's eye, in reading order. */
import type { Node } from "prosemirror-model";
import type { StatementFact } from "../api/wire";
import { isAsked, isOpen, isUncertain } from "./doubt";

export interface Place {
  from: number;
  to: number;
  /** The statement it belongs to, where there is one. */
  id: string | null;
}

/** What the program writes where it could not tell, in either language. */
const DOUBT = /\[(?:\?|ukendt taler|unknown speaker)\]/g;

/**
 * Returns the uncertain places: proposals, doubts in the statements' lines, statements that the
 * machine is unsure of, decisions and actions that nobody has settled.
 */
export function uncertain(doc: Node, facts: Map<string, StatementFact>): Place[] {
  const out: Place[] = [];
  doc.forEach((node, offset) => {
    if (node.type.name === "proposal") {
      out.push({ from: offset, to: offset + node.nodeSize, id: null });
    }
    if (node.type.name !== "statement") return;
    const { id } = node.attrs as { id: string | null };
    const line = node.firstChild;
    if (!line) return;
    const start = offset + 2;
    const before = out.length;
    for (const match of line.textBetween(0, line.content.size, "", "\n").matchAll(DOUBT)) {
      out.push({ from: start + match.index, to: start + match.index + match[0].length, id });
    }
    const fact = id === null ? undefined : facts.get(id);
    const wanted = fact !== undefined && isOpen(fact) && (isAsked(fact) || isUncertain(fact));
    if (out.length === before && wanted) {
      out.push({ from: start, to: start + line.content.size, id });
    }
  });
  return out;
}

/** Returns the first place after `position`, the very first when there is none after it. */
export function after(places: Place[], position: number): Place | undefined {
  return places.find((place) => place.from > position) ?? places[0];
}
