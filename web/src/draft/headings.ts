/** Finds the heading of an agenda item in the draft, also where its words were edited. */
import type { Node } from "prosemirror-model";
import type { AgendaItem } from "../api/wire";

/** Returns where the item's heading stands; undefined when it has none any more. */
export function headingOf(doc: Node, item: AgendaItem, agenda: AgendaItem[]): number | undefined {
  const headings: { place: number; text: string; level: number }[] = [];
  doc.forEach((node, place) => {
    if (node.type.name !== "heading") return;
    const { level } = node.attrs as { level: number };
    headings.push({ place, text: folded(node.textContent), level });
  });
  const title = folded(item.title);
  const byTitle = headings.find(
    ({ text, level }) => level > 1 && title !== "" && text.includes(title),
  );
  if (byTitle) return byTitle.place;
  // The items' headings are those of one level: the one that stands as often as there are items.
  const index = agenda.indexOf(item);
  for (const level of [2, 3]) {
    const all = headings.filter((heading) => heading.level === level).slice(-agenda.length);
    if (all.length === agenda.length) return all[index]?.place;
  }
  return undefined;
}

function folded(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLocaleLowerCase();
}
