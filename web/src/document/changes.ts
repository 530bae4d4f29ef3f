/**
 * Brings a document into the state of another by changing only what differs, so that the
 * cursor, the undo history and what is on the screen stay where they are.
 */
import { Fragment, type Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";

/** Above this many comparisons the whole middle is replaced instead. */
const MOST_COMPARISONS = 4_000_000;

/** Changes the transaction's document so that it equals `target`. */
export function become(transaction: Transaction, target: Node): Transaction {
  const old = [...transaction.doc.children];
  const now = [...target.children];
  // From the end to the beginning, so that places before a change stay true.
  const starts = positions(old);
  for (const { from, to, with: nodes } of replacements(old, now).reverse()) {
    const [first, second] = [old[from], nodes[0]];
    const place = starts[from] ?? transaction.doc.content.size;
    if (to - from === 1 && nodes.length === 1 && first && second) {
      if (narrow(transaction, place, first, second)) continue;
    }
    transaction.replaceWith(place, starts[to] ?? place, Fragment.from(nodes));
  }
  return transaction;
}

/** Replaces only the words in which one block differs; false where more than words does. */
function narrow(transaction: Transaction, place: number, old: Node, now: Node): boolean {
  if (!old.sameMarkup(now)) return false;
  const start = old.content.findDiffStart(now.content);
  const end = old.content.findDiffEnd(now.content);
  if (start === null || end === null) return false;
  let [oldEnd, newEnd] = [end.a, end.b];
  const overlap = start - Math.min(oldEnd, newEnd);
  if (overlap > 0) [oldEnd, newEnd] = [oldEnd + overlap, newEnd + overlap];
  // Within one line of text a replacement is exact; across lines it would have to be fitted.
  const within = (node: Node, to: number) => {
    const from = node.resolve(start);
    return from.parent.isTextblock && from.sameParent(node.resolve(to)) ? from.depth : -1;
  };
  const depth = within(old, oldEnd);
  if (depth < 0 || depth !== within(now, newEnd)) return false;
  const inside = place + 1;
  transaction.replace(inside + start, inside + oldEnd, now.slice(start, newEnd));
  return true;
}

interface Replacement {
  from: number;
  to: number;
  with: Node[];
}

function positions(nodes: Node[]): number[] {
  const out = [0];
  for (const node of nodes) out.push((out.at(-1) ?? 0) + node.nodeSize);
  return out;
}

/** Returns which runs of blocks are replaced by which, in order. */
function replacements(old: Node[], now: Node[]): Replacement[] {
  let start = 0;
  while (start < old.length && start < now.length && alike(old[start], now[start])) start++;
  let [oldEnd, newEnd] = [old.length, now.length];
  while (oldEnd > start && newEnd > start && alike(old[oldEnd - 1], now[newEnd - 1])) {
    oldEnd--;
    newEnd--;
  }
  if (oldEnd === start && newEnd === start) return [];
  const whole = [{ from: start, to: oldEnd, with: now.slice(start, newEnd) }];
  if ((oldEnd - start) * (newEnd - start) > MOST_COMPARISONS) return whole;
  return runs(
    common(old.slice(start, oldEnd), now.slice(start, newEnd)),
    start,
    oldEnd,
    now,
    newEnd,
  );
}

function runs(
  pairs: [number, number][],
  start: number,
  oldEnd: number,
  now: Node[],
  newEnd: number,
): Replacement[] {
  const out: Replacement[] = [];
  let [a, b] = [start, start];
  for (const [i, j] of [
    ...pairs.map(([i, j]) => [i + start, j + start] as const),
    [oldEnd, newEnd] as const,
  ]) {
    // Blocks that differ are taken in pairs, so that each is changed within itself.
    const paired = i - a === j - b ? i - a : 0;
    for (let n = 0; n < paired; n++) {
      out.push({ from: a + n, to: a + n + 1, with: now.slice(b + n, b + n + 1) });
    }
    if (paired === 0 && (i > a || j > b)) out.push({ from: a, to: i, with: now.slice(b, j) });
    [a, b] = [i + 1, j + 1];
  }
  return out;
}

/** Returns the pairs of a longest common subsequence. */
function common(old: Node[], now: Node[]): [number, number][] {
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] = alike(old[i], now[j])
        ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
        : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length;) {
    if (alike(old[i], now[j])) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

const alike = (a: Node | undefined, b: Node | undefined) =>
  a !== undefined && b !== undefined && a.eq(b);
