/** Pasting: what comes from elsewhere is cleaned, and whole lines stay lines of their own. */
import { DOMParser as Reader, Fragment, Slice, type Node } from "prosemirror-model";
import { Plugin, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "../document/schema";
import { numbered, touched } from "./kinds";
import { cleaned, ofText } from "./pasted";

const node = schema.nodes;

export const pastePlugin = new Plugin({
  props: {
    transformPastedHTML: cleaned,
    clipboardTextParser(text) {
      const page = document.implementation.createHTMLDocument();
      page.body.innerHTML = cleaned(ofText(text));
      return new Slice(Reader.fromSchema(schema).parse(page.body).content, 0, 0);
    },
    handlePaste(view, _event, slice) {
      const made = pasted(view.state, blocksOf(slice));
      if (made) view.dispatch(made.scrollIntoView().setMeta("paste", true));
      return made !== null;
    },
  },
});

/** Returns the whole blocks of what is pasted; neighbouring lists are one. */
function blocksOf({ content }: Slice): Node[] {
  const out: Node[] = [];
  content.forEach((block) => {
    const last = out.at(-1);
    if (last?.type === node.numbered && block.type === node.numbered) {
      out[out.length - 1] = last.copy(last.content.append(block.content));
    } else if (!block.isInline) out.push(block);
  });
  return out;
}

/** Returns what pasting lines does; null where the words simply go where the cursor is. */
function pasted(state: EditorState, blocks: Node[]): Transaction | null {
  const [first] = blocks;
  if (!first) return null;
  const { $from } = state.selection;
  const words = blocks.length === 1 && (first.isTextblock || isBareLine(first));
  if ($from.parent.type === node.cell || $from.parent.type === node.comment) {
    return state.tr.replaceSelection(new Slice(inOneLine(blocks, $from.parent), 0, 0));
  }
  if (words && ($from.parent.content.size > 0 || first.type === node.paragraph)) {
    const line = first.isTextblock ? first : first.firstChild;
    return line && state.tr.replaceSelection(new Slice(line.content, 0, 0));
  }
  const transaction = state.tr.deleteSelection();
  const now = state.apply(transaction);
  const { $from: at } = now.selection;
  if (at.parent.type === node.entry && blocks.every(({ type }) => type === node.numbered)) {
    return intoList(transaction, now, blocks);
  }
  const place = touched(now);
  const [only] = place.blocks;
  const empty = only !== undefined && isEmpty(only);
  const before = !empty && at.depth > 0 && at.pos === at.start(1) + (at.depth - 1);
  const from = empty || before ? place.from : place.to;
  transaction.replaceWith(from, empty ? place.to : from, blocks);
  return atEnd(transaction, from + Fragment.from(blocks).size);
}

/** Entries that are pasted into a list follow the one with the cursor. */
function intoList(transaction: Transaction, state: EditorState, lists: Node[]): Transaction {
  const { $from } = state.selection;
  const entries = [...$from.node(-1).children].map(({ content }) => content);
  const more = lists.flatMap((list) => [...list.children].map(({ content }) => content));
  const index = $from.index(-1);
  const replaces = $from.parent.content.size === 0 ? 1 : 0;
  entries.splice(index + 1 - replaces, replaces, ...more);
  const first = Number(($from.node(-1).firstChild?.attrs as { number: string }).number) || 1;
  const all = numbered(entries, first);
  const start = $from.start(-1);
  transaction.replaceWith(start, $from.end(-1), Fragment.from(all));
  const until = all.slice(0, index + 1 - replaces + more.length);
  return atEnd(transaction, start + Fragment.from(until).size);
}

function atEnd(transaction: Transaction, place: number): Transaction {
  return transaction.setSelection(TextSelection.near(transaction.doc.resolve(place), -1));
}

/** A bullet with nothing beneath it. */
function isBareLine(block: Node): boolean {
  return block.type === node.statement && block.childCount === 1;
}

function isEmpty(block: Node): boolean {
  return (block.isTextblock || isBareLine(block)) && block.textContent === "";
}

/** Returns the words of blocks with breaks between them, where a line may hold them. */
function inOneLine(blocks: Node[], parent: Node): Fragment {
  const out: Node[] = [];
  const breaks = parent.type.spec.content?.includes("break") ?? false;
  for (const block of blocks) {
    block.descendants((one) => {
      if (!one.isTextblock) return true;
      if (out.length > 0) out.push(breaks ? node.break.create() : schema.text(" "));
      out.push(...one.content.content);
      return false;
    });
  }
  return Fragment.from(out);
}
