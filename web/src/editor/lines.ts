/** A line as a whole: deleted with what stands beneath it, and moved. */
import { Fragment, type Node } from "prosemirror-model";
import { TextSelection, type Command } from "prosemirror-state";
import { schema } from "../document/schema";
import { numbered, touched } from "./kinds";

const node = schema.nodes;

/** Deletes the lines that are touched; within a list or beneath a bullet only those there. */
export const deleteLine: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const inner = [node.point, node.said, node.entry].includes($from.parent.type as typeof node.said);
  if (inner && $from.sameParent($to)) {
    const alone = $from.node(-1).childCount === 1;
    const depth = alone && $from.node(-1).type !== node.statement ? $from.depth - 1 : $from.depth;
    return removed($from.before(depth), $from.after(depth));
  }
  const { from, to } = touched(state);
  return removed(from, to);

  function removed(start: number, end: number): boolean {
    const transaction = state.tr.delete(start, end);
    if (transaction.doc.content.size === 0) transaction.insert(0, node.paragraph.create());
    const near = Math.min(start, transaction.doc.content.size);
    dispatch?.(
      transaction.setSelection(TextSelection.near(transaction.doc.resolve(near))).scrollIntoView(),
    );
    return true;
  }
};

/** Moves the lines that are touched one up (-1) or down (1), with what stands beneath them. */
export function moveLine(direction: 1 | -1): Command {
  return (state, dispatch) => {
    if (state.selection.$from.parent.type === node.entry) {
      return moveEntry(direction)(state, dispatch);
    }
    const { from, to } = touched(state);
    const beside = neighbour(state.doc, direction > 0 ? to : from, direction);
    if (!beside) return true;
    const moved = state.doc.slice(from, to).content;
    const other = state.doc.slice(beside.from, beside.to).content;
    const [start, end] = [Math.min(from, beside.from), Math.max(to, beside.to)];
    const transaction = state.tr.replaceWith(
      start,
      end,
      direction > 0 ? other.append(moved) : moved.append(other),
    );
    const by = direction > 0 ? other.size : -other.size;
    const { anchor, head } = state.selection;
    const selection = TextSelection.between(
      transaction.doc.resolve(anchor + by),
      transaction.doc.resolve(head + by),
    );
    dispatch?.(transaction.setSelection(selection).scrollIntoView());
    return true;
  };
}

/** Returns the block before or after a place, with the proposals that belong to it. */
function neighbour(
  doc: Node,
  place: number,
  direction: 1 | -1,
): { from: number; to: number } | null {
  let [from, to] = [place, place];
  if (direction < 0) {
    for (;;) {
      const before = doc.resolve(from).nodeBefore;
      if (!before) return from < to ? { from, to } : null;
      from -= before.nodeSize;
      if (before.type !== node.proposal) return { from, to };
    }
  }
  const after = doc.resolve(to).nodeAfter;
  if (!after) return null;
  to += after.nodeSize;
  for (;;) {
    const next = doc.resolve(to).nodeAfter;
    if (next?.type !== node.proposal) return { from, to };
    to += next.nodeSize;
  }
}

/** An entry changes place with its neighbour; the numbers stay in order. */
function moveEntry(direction: 1 | -1): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const list = $from.node(-1);
    const index = $from.index(-1);
    const lines = [...list.children].map(({ content }) => content);
    const other = lines[index + direction];
    const own = lines[index];
    if (!other || !own) return true;
    lines[index] = other;
    lines[index + direction] = own;
    const first = Number((list.firstChild?.attrs as { number: string }).number) || 1;
    const entries = numbered(lines, first);
    const start = $from.start(-1);
    const transaction = state.tr.replaceWith(start, $from.end(-1), Fragment.from(entries));
    const before = entries.slice(0, index + direction).reduce((sum, one) => sum + one.nodeSize, 0);
    const cursor = transaction.doc.resolve(start + before + 1 + $from.parentOffset);
    dispatch?.(transaction.setSelection(TextSelection.near(cursor)).scrollIntoView());
    return true;
  };
}
