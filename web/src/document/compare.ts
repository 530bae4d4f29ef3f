/** What two states of a document differ in, line by line. */
import { plain, type Block } from "./block";

export interface Line {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Returns a block's words, one string per line of the page. */
export function lines(block: Block): string[] {
  if (block === "rule") return ["———"];
  if ("heading" in block) return [plain(block.heading.text)];
  if ("label" in block) return [plain(block.label)];
  if ("paragraph" in block) return [plain(block.paragraph)];
  if ("note" in block) return [plain(block.note)];
  if ("comment" in block) return [block.comment];
  if ("proposal" in block) return [block.proposal.source];
  if ("numbered" in block) {
    return block.numbered.map((entry) => `${entry.number}. ${entry.lines.map(plain).join(" ")}`);
  }
  if ("table" in block) {
    return [block.table.head, ...block.table.rows].map((row) => row.map(plain).join(" | "));
  }
  const points = block.statement.beneath.flatMap((one) =>
    "point" in one ? [`– ${plain(one.point.text)}`] : [],
  );
  return [`• ${plain(block.statement.text)}`, ...points];
}

/** Returns the lines of both, those that only one has marked. */
export function compare(before: Block[], after: Block[]): Line[] {
  const [old, now] = [before.flatMap(lines), after.flatMap(lines)];
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        old[i] === now[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const out: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      out.push({ kind: "same", text: old[i] ?? "" });
      i++;
      j++;
    } else if (
      i < old.length &&
      (j >= now.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      out.push({ kind: "removed", text: old[i++] ?? "" });
    } else {
      out.push({ kind: "added", text: now[j++] ?? "" });
    }
  }
  return out;
}
