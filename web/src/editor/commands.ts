/** What the keys of writing do to the document's own kinds of blocks. */
import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinTextblockBackward,
  selectNodeBackward,
  toggleMark,
} from "prosemirror-commands";
import type { Node, NodeType, ResolvedPos } from "prosemirror-model";
import { TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "../document/schema";

const node = schema.nodes;

/** Returns the depth of the nearest node of a type around a place, -1 outside of one. */
function depthOf(place: ResolvedPos, type: NodeType): number {
  for (let depth = place.depth; depth > 0; depth--) {
    if (place.node(depth).type === type) return depth;
  }
  return -1;
}

function cursorAt(transaction: Transaction, place: number): Transaction {
  return transaction
    .setSelection(TextSelection.near(transaction.doc.resolve(place)))
    .scrollIntoView();
}

/**
 * Enter in a statement's line: what stands after the cursor becomes a statement of its own. The
 * id, the time and what stands beneath stay with the first part; at the line's very start a new
 * empty statement comes before, so that the words keep their id.
 */
const splitStatement: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const depth = depthOf($from, node.statement);
  if (depth < 0 || $from.parent.type !== node.line || !$from.sameParent($to)) return false;
  const statement = $from.node(depth);
  const place = $from.before(depth);
  if ($from.parent.content.size === 0 && statement.childCount === 1) {
    // An empty bullet ends the list.
    const paragraph = node.paragraph.create();
    dispatch?.(
      cursorAt(state.tr.replaceWith(place, place + statement.nodeSize, paragraph), place + 1),
    );
    return true;
  }
  const line = $from.parent;
  if ($from.parentOffset === 0 && $to.parentOffset === 0 && line.content.size > 0) {
    const empty = node.statement.create(null, node.line.create());
    dispatch?.(state.tr.insert(place, empty).scrollIntoView());
    return true;
  }
  const first = statement.copy(
    statement.content.replaceChild(0, line.copy(line.content.cut(0, $from.parentOffset))),
  );
  const second = node.statement.create(
    null,
    node.line.create(null, line.content.cut($to.parentOffset)),
  );
  const transaction = state.tr.replaceWith(place, place + statement.nodeSize, [first, second]);
  dispatch?.(cursorAt(transaction, place + first.nodeSize + 2));
  return true;
};

/** Enter beneath a statement: a new point; on an empty one, a new statement. */
const splitBeneath: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const depth = depthOf($from, node.statement);
  const kind = $from.parent.type;
  if (depth < 0 || (kind !== node.point && kind !== node.said) || !$from.sameParent($to)) {
    return false;
  }
  const own = $from.before($from.depth);
  if (kind === node.point && $from.parent.content.size === 0) {
    const end = $from.after(depth);
    const statement = node.statement.create(null, node.line.create());
    const transaction = state.tr.insert(end, statement).delete(own, own + $from.parent.nodeSize);
    dispatch?.(cursorAt(transaction, transaction.mapping.map(end, -1) + 2));
    return true;
  }
  // Within what is folded together no line of her own can stand: it comes after it.
  const after = $from.after(depth + 1);
  const rest = kind === node.point ? $from.parent.content.cut($to.parentOffset) : undefined;
  const level = kind === node.point ? ($from.parent.attrs as { depth: number }).depth : 1;
  const transaction = state.tr;
  transaction.insert(after, node.point.create({ depth: level }, rest));
  if (kind === node.point) transaction.delete($from.pos, $from.end());
  dispatch?.(cursorAt(transaction, transaction.mapping.map(after, -1) + 1));
  return true;
};

/** Enter in the last entry of a list, where it is empty: the list ends. */
const endList: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const list = $from.parent.type === node.entry ? $from.node(-1) : null;
  const last = list !== null && $from.index(-1) === list.childCount - 1;
  if (!last || $from.parent.content.size > 0) return false;
  const after = $from.after(-1);
  const transaction = state.tr.insert(after, node.paragraph.create());
  if (list.childCount === 1) transaction.delete($from.before(-1), after);
  else transaction.delete($from.before(), $from.after());
  dispatch?.(cursorAt(transaction, transaction.mapping.map(after, -1) + 1));
  return true;
};

/** Enter in an entry of a numbered list: a new entry with the next number. */
const splitEntry: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if ($from.parent.type !== node.entry || !$from.sameParent($to)) return false;
  const { number } = $from.parent.attrs as { number: string };
  const next = /^\d+$/.test(number) ? String(Number(number) + 1) : "";
  const after = $from.after();
  const rest = $from.parent.content.cut($to.parentOffset);
  const transaction = state.tr
    .insert(after, node.entry.create({ number: next }, rest))
    .delete($from.pos, $from.end());
  dispatch?.(cursorAt(transaction, transaction.mapping.map(after, -1) + 1));
  return true;
};

/** Enter in a heading, label or note: a paragraph follows. */
const splitToParagraph: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const kinds: NodeType[] = [node.heading, node.label, node.note];
  if (!kinds.includes($from.parent.type) || !$from.sameParent($to)) return false;
  const after = $from.after();
  const rest = $from.parent.content.cut($to.parentOffset);
  const transaction = state.tr
    .insert(after, node.paragraph.create(null, rest))
    .delete($from.pos, $from.end());
  dispatch?.(cursorAt(transaction, transaction.mapping.map(after, -1) + 1));
  return true;
};

/** Enter in a cell goes to the one beneath; a break within a cell is Shift-Enter. */
const insertBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.type.spec.content?.includes("break")) return false;
  dispatch?.(state.tr.replaceSelectionWith(node.break.create(), true).scrollIntoView());
  return true;
};

const breakInCell: Command = (state, dispatch) =>
  state.selection.$from.parent.type === node.cell && insertBreak(state, dispatch);

/**
 * Backspace at the start of a statement: it joins the statement before, whose id stays. What
 * stood beneath both is kept, in order.
 */
const joinStatements: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.parent.type !== node.line) return false;
  const depth = depthOf($from, node.statement);
  const place = $from.before(depth);
  const before = state.doc.resolve(place).nodeBefore;
  const statement = $from.node(depth);
  if (before?.type !== node.statement) {
    if ($from.parent.content.size > 0 && statement.childCount > 1) return true;
    const paragraph = node.paragraph.create(null, $from.parent.content);
    const swapped = state.tr.replaceWith(place, place + statement.nodeSize, paragraph);
    dispatch?.(cursorAt(swapped, place + 1));
    return true;
  }
  // A line without words goes with its material, as one is deleted.
  if ($from.parent.content.size === 0) {
    const gone = state.tr.delete(place, place + statement.nodeSize);
    const end = place - before.nodeSize + 2 + (before.firstChild?.content.size ?? 0);
    dispatch?.(cursorAt(gone, end));
    return true;
  }
  const [head, ...beneath] = [...before.children];
  const [line, ...more] = [...statement.children];
  if (!head || !line) return false;
  const joined = node.statement.create(joinedNames(before, statement), [
    head.copy(head.content.append(line.content)),
    ...beneath,
    ...more,
  ]);
  const from = place - before.nodeSize;
  const transaction = state.tr.replaceWith(from, place + statement.nodeSize, joined);
  dispatch?.(cursorAt(transaction, from + 2 + head.content.size));
  return true;
};

/** Delete at the end of a statement's line: the next statement joins it, as by Backspace there. */
const joinNext: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const depth = depthOf($from, node.statement);
  if (!empty || depth < 0 || $from.parent.type !== node.line) return false;
  if ($from.parentOffset < $from.parent.content.size) return false;
  const after = $from.after(depth);
  if (state.doc.resolve(after).nodeAfter?.type !== node.statement) return true;
  const there = state.apply(state.tr.setSelection(TextSelection.create(state.doc, after + 2)));
  return joinStatements(there, ({ steps, selection }) => {
    const transaction = state.tr;
    steps.forEach((step) => transaction.step(step));
    dispatch?.(cursorAt(transaction, selection.from));
  });
};

/** The first one's name stays; where it has none or no words, the second's. */
function joinedNames(first: Node, second: Node): Node["attrs"] {
  const empty = first.firstChild?.content.size === 0;
  return (first.attrs as { id: string | null }).id === null || empty ? second.attrs : first.attrs;
}

/** Backspace in an empty line beneath a statement removes the line. */
const removeEmptyBeneath: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const kinds: NodeType[] = [node.point, node.said];
  if (!empty || $from.parent.content.size > 0 || !kinds.includes($from.parent.type)) return false;
  const alone = $from.node(-1).type === node.more && $from.node(-1).childCount === 1;
  const depth = alone ? $from.depth - 1 : $from.depth;
  const place = $from.before(depth);
  const removed = state.tr.delete(place, $from.after(depth));
  dispatch?.(
    removed.setSelection(TextSelection.near(removed.doc.resolve(place), -1)).scrollIntoView(),
  );
  return true;
};

/** Tab in a table goes to the next cell, Shift-Tab to the one before. */
function goToCell(direction: 1 | -1): Command {
  return (state, dispatch) => {
    const depth = depthOf(state.selection.$from, node.cell);
    if (depth < 0) return false;
    const { $from } = state.selection;
    const place = direction > 0 ? $from.after(depth) : $from.before(depth);
    const near = TextSelection.findFrom(state.doc.resolve(place), direction, true);
    if (!near || depthOf(near.$from, node.cell) < 0) return false;
    dispatch?.(state.tr.setSelection(near).scrollIntoView());
    return true;
  };
}

/** Tab deepens a point, Shift-Tab makes it shallower. */
function deepen(by: 1 | -1): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    if ($from.parent.type !== node.point) return false;
    const depth = ($from.parent.attrs as { depth: number }).depth + by;
    if (depth < 1 || depth > 6) return true;
    dispatch?.(state.tr.setNodeMarkup($from.before(), null, { depth }));
    return true;
  };
}

/** The keys of writing. */
export const keys: Record<string, Command> = {
  ...baseKeymap,
  Enter: chainCommands(
    splitStatement,
    splitBeneath,
    endList,
    splitEntry,
    splitToParagraph,
    breakInCell,
    baseKeymap.Enter as Command,
  ),
  "Shift-Enter": insertBreak,
  Backspace: chainCommands(
    deleteSelection,
    removeEmptyBeneath,
    joinStatements,
    joinTextblockBackward,
    selectNodeBackward,
  ),
  Delete: chainCommands(deleteSelection, joinNext, baseKeymap.Delete as Command),
  "Mod-Shift-m": toggleMark(schema.marks.remark),
  Tab: chainCommands(goToCell(1), deepen(1)),
  "Shift-Tab": chainCommands(goToCell(-1), deepen(-1)),
};

/** Returns the statement around the cursor and where it stands. */
export function statementAt(state: EditorState): { node: Node; place: number } | null {
  const { $from } = state.selection;
  const depth = depthOf($from, node.statement);
  if (depth > 0) return { node: $from.node(depth), place: $from.before(depth) };
  const after = $from.nodeAfter;
  return after?.type === node.statement ? { node: after, place: $from.pos } : null;
}
