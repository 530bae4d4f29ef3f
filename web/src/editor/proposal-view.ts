/**
 * A conflict: what the referent wrote stands above, what the new draft (or another window) has
 * stands beside it, and she takes one of the two.
 */
import { DOMSerializer, type Node } from "prosemirror-model";
import type { EditorView, NodeView } from "prosemirror-view";
import type { Proposal } from "../document/block";
import { readBlock } from "../document/read";
import { schema } from "../document/schema";
import { t } from "../words";
import { element } from "./element";

export class ProposalView implements NodeView {
  readonly dom: HTMLElement;

  constructor(node: Node, view: EditorView, place: () => number | undefined) {
    const { proposal } = node.attrs as { proposal: Proposal };
    const shown = element("div", { class: "proposed" });
    if (proposal.block) {
      const made = readBlock(proposal.block);
      shown.append(DOMSerializer.fromSchema(schema).serializeNode(made));
    } else {
      shown.textContent = proposal.source;
    }
    const keep = element("button", { type: "button" }, t("proposal.keep"));
    const take = element("button", { type: "button", class: "primary" }, t("proposal.take"));
    keep.addEventListener("click", () => settle(view, place(), "keep"));
    take.addEventListener("click", () => settle(view, place(), "take"));
    this.dom = element(
      "div",
      {
        class: "proposal",
        contenteditable: "false",
        role: "group",
        "aria-label": t("proposal.name"),
      },
      element("div", { class: "proposal-head" }, t("proposal.name")),
      shown,
      element("div", { class: "proposal-acts" }, keep, ...(proposal.block ? [take] : [])),
    );
  }

  stopEvent(): boolean {
    return true;
  }

  ignoreMutation(): boolean {
    return true;
  }
}

/** Settles the proposal that stands at `place`; one undo brings it back. */
export function settle(view: EditorView, place: number | undefined, choice: "keep" | "take"): void {
  if (place === undefined) return;
  const node = view.state.doc.nodeAt(place);
  if (node?.type !== schema.nodes.proposal) return;
  const transaction = view.state.tr.delete(place, place + node.nodeSize);
  const { block } = (node.attrs as { proposal: Proposal }).proposal;
  const before = view.state.doc.resolve(place).nodeBefore;
  if (choice === "take" && block && before) {
    transaction.replaceWith(place - before.nodeSize, place, readBlock(block));
  }
  view.dispatch(transaction.scrollIntoView());
  view.focus();
}
