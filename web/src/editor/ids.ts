/** Every statement's id stands once: what is split, copied or pasted leaves it with the first. */
import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";

export const uniqueIds = new Plugin({
  appendTransaction(transactions, _before, state) {
    if (!transactions.some((transaction) => transaction.docChanged)) return null;
    const again = repeated(state.doc);
    if (again.length === 0) return null;
    const transaction = state.tr;
    for (const place of again) {
      transaction.setNodeMarkup(place, null, { id: null, at: "" });
    }
    return transaction;
  },
});

/** Returns where statements stand that carry the id of an earlier one. */
export function repeated(doc: Node): number[] {
  const seen = new Set<string>();
  const out: number[] = [];
  doc.forEach((node, place) => {
    const id = node.type.name === "statement" ? (node.attrs as { id: string | null }).id : null;
    if (id === null) return;
    if (seen.has(id)) out.push(place);
    else seen.add(id);
  });
  return out;
}
