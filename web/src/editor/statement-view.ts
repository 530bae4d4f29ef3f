/**
 * How a statement looks in the editor: its words, beside them the button that plays its sound,
 * and for decisions and actions the buttons that settle them.
 */
import { effect } from "@preact/signals";
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView, ViewMutationRecord } from "prosemirror-view";
import { shortened } from "../time";
import { named, t } from "../words";
import { isAsked, isOpen, isUncertain } from "./doubt";
import { element } from "./element";
import type { EditorContext } from "./context";

/** Returns the words on a button, before and after it was pressed. */
function told(verdict: "accept" | "reject", on: boolean): string {
  if (verdict === "accept") return on ? `✓ ${t("review.accepted")}` : t("review.accept");
  return on ? `✕ ${t("review.rejected")}` : t("review.reject");
}

interface Names {
  id: string | null;
  at: string;
}

export class StatementView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly time = element("button", { class: "time", type: "button", tabindex: "-1" });
  private readonly side = element("div", { class: "side", contenteditable: "false" });
  private readonly stop: () => void;

  constructor(
    private node: Node,
    view: EditorView,
    private readonly context: EditorContext,
  ) {
    const gutter = element("div", { class: "gutter", contenteditable: "false" }, this.time);
    this.contentDOM = element("div", { class: "body" });
    this.dom = element("div", { class: "statement" }, gutter, this.contentDOM, this.side);
    this.time.addEventListener("click", () => {
      const { id } = this.names;
      if (id) context.playStatement(id);
      view.focus();
    });
    this.stop = effect(() => this.paint());
  }

  private get names(): Names {
    return this.node.attrs as Names;
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const renamed = node.attrs !== this.node.attrs;
    this.node = node;
    if (renamed) this.paint();
    return true;
  }

  destroy(): void {
    this.stop();
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof HTMLElement && event.target.closest("button") !== null;
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    if (mutation.type === "selection") return false;
    return !this.contentDOM.contains(mutation.target) || mutation.target === this.dom;
  }

  private paint(): void {
    const { id, at } = this.names;
    const fact = id === null ? undefined : this.context.facts.value.get(id);
    const active = id !== null && this.context.active.value === id;
    this.dom.dataset.id = id ?? "";
    this.dom.classList.toggle("active", active);
    this.dom.classList.toggle("rejected", fact?.reviewed === "rejected");
    // What she has confirmed is not asked for any more.
    const uncertain = fact !== undefined && isOpen(fact) && isUncertain(fact);
    this.dom.classList.toggle("uncertain", uncertain);
    this.time.textContent = shortened(at);
    this.time.hidden = at === "" || id === null;
    this.time.setAttribute("aria-label", t("play.from", { time: shortened(at) }));
    this.side.replaceChildren();
    if (id === null || fact === undefined) return;
    if (isAsked(fact)) this.side.append(...this.question(id, fact.kind, fact.reviewed));
    else if (fact.reviewed === "rejected") this.side.append(this.badge("review.rejected"));
  }

  private question(id: string, kind: string, reviewed: string | null): HTMLElement[] {
    const chip = element("span", { class: `chip ${kind}` }, named(`kind.${kind}`, kind));
    const button = (verdict: "accept" | "reject", on: boolean) => {
      const made = element(
        "button",
        {
          type: "button",
          class: `verdict ${verdict} ${on ? "on" : ""}`,
          "aria-pressed": String(on),
          title: t(`review.${verdict}`),
          "aria-label": t(`review.${verdict}.this`, {
            text: this.node.firstChild?.textContent ?? "",
          }),
        },
        told(verdict, on),
      );
      made.addEventListener("click", () => this.context.settle(id, verdict));
      return made;
    };
    return [
      chip,
      button("accept", reviewed === "accepted"),
      button("reject", reviewed === "rejected"),
    ];
  }

  private badge(key: "review.rejected"): HTMLElement {
    return element("span", { class: "chip" }, t(key));
  }
}
