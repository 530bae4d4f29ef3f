/**
 * Notices that a name was corrected in one place, so that the rest can be offered. In: a block's
 * words before and after. Out: which words took the place of which.
 */

export interface Correction {
  from: string;
  to: string;
}

/** At most so many words are one name. */
const LONGEST_NAME = 4;

/** Returns the one name that was put right, null where nothing or more than a name changed. */
export function corrected(before: string, after: string): Correction | null {
  const [old, now] = [before.split(/\s+/), after.split(/\s+/)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const room = Math.min(old.length, now.length) - start;
  while (end < room && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const from = bare(old.slice(start, old.length - end).join(" "));
  const to = bare(now.slice(start, now.length - end).join(" "));
  const isName = (words: string) =>
    /^\p{Lu}/u.test(words) && words.length > 2 && words.split(" ").length <= LONGEST_NAME;
  return isName(from) && isName(to) && from !== to ? { from, to } : null;
}

/** Without the punctuation around it. */
function bare(words: string): string {
  return words.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}
