/** The tools of writing: what a line is, bold and italics, a table, moving and deleting lines. */
import type { ReadonlySignal } from "@preact/signals";
import type { Command } from "prosemirror-state";
import { WRITING, type WritingTool } from "../editor/tools";
import type { LineKind } from "../editor/kinds";
import { t } from "../words";

interface Props {
  /** What the line at the cursor is. */
  kind: ReadonlySignal<LineKind | null>;
  run(command: Command): void;
}

export function Toolbar({ kind, run }: Props) {
  const button = ({ name, chords, shown, kind: of, command }: WritingTool) => (
    <button
      key={name}
      type="button"
      class={`tool tool-${name}`}
      title={`${t(`tool.${name}`)} (${chords[0]})`}
      aria-label={t(`tool.${name}`)}
      data-shown={shown()}
      aria-pressed={of === undefined ? undefined : kind.value === of}
      // The cursor stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => run(command)}
    />
  );
  return (
    <div class="toolbar" role="group" aria-label={t("tool.title")}>
      {WRITING.map(button)}
    </div>
  );
}
