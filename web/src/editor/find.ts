/** Finding and replacing in the document, and what is found marked in the text. */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, TextSelection, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";

export interface Query {
  text: string;
  /** Whole words only. */
  words: boolean;
  /** Capitals matter. */
  exact: boolean;
}

export interface Found {
  from: number;
  to: number;
}

const nothing: Query = { text: "", words: false, exact: false };
export const findKey = new PluginKey<{ query: Query; found: Found[] }>("find");

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Returns where the words stand; a hit never spans two blocks. */
export function find(doc: Node, { text, words, exact }: Query): Found[] {
  if (text === "") return [];
  const edge = words ? ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"] : ["", ""];
  const pattern = new RegExp(edge[0] + escaped(text) + edge[1], exact ? "gu" : "giu");
  const out: Found[] = [];
  doc.descendants((node, place) => {
    if (!node.isTextblock) return true;
    // A break is one place wide, as one letter is.
    for (const match of node.textBetween(0, node.content.size, "", "\n").matchAll(pattern)) {
      const from = place + 1 + match.index;
      out.push({ from, to: from + match[0].length });
    }
    return false;
  });
  return out;
}

export const findPlugin = new Plugin<{ query: Query; found: Found[] }>({
  key: findKey,
  state: {
    init: () => ({ query: nothing, found: [] }),
    apply(transaction, value) {
      const asked = transaction.getMeta(findKey) as Query | undefined;
      if (!asked && (!transaction.docChanged || value.query.text === "")) return value;
      const query = asked ?? value.query;
      return { query, found: find(transaction.doc, query) };
    },
  },
  props: {
    decorations(state) {
      const found = findKey.getState(state)?.found ?? [];
      return DecorationSet.create(
        state.doc,
        found.map(({ from, to }) => Decoration.inline(from, to, { class: "found" })),
      );
    },
  },
});

/** Marks what is asked for and returns how often it stands there. */
export function search(view: EditorView, query: Query | null): number {
  view.dispatch(view.state.tr.setMeta(findKey, query ?? nothing));
  return findKey.getState(view.state)?.found.length ?? 0;
}

/** Selects the next hit after the cursor, or the one before; returns its number from 1. */
export function go(view: EditorView, direction: 1 | -1): number {
  const found = findKey.getState(view.state)?.found ?? [];
  const { from, to } = view.state.selection;
  let index =
    direction > 0
      ? found.findIndex((hit) => hit.from >= to)
      : found.findLastIndex((hit) => hit.to <= from);
  if (index < 0) index = direction > 0 ? 0 : found.length - 1;
  const hit = found[index];
  if (!hit) return 0;
  const selection = TextSelection.create(view.state.doc, hit.from, hit.to);
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  return index + 1;
}

/** Puts words in the place of every hit, as one step of undo. */
export function replaceAll(transaction: Transaction, found: Found[], by: string): Transaction {
  for (const { from, to } of [...found].reverse()) transaction.insertText(by, from, to);
  return transaction;
}
