/** Whether what was written is saved, in words and for the ear. */
import { useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { SaveState as State } from "../draft/saver";
import { say } from "../live";
import { t } from "../words";

export function SaveState({ state }: { state: ReadonlySignal<State> }) {
  const before = useRef<State>("saved");
  useSignalEffect(() => {
    const now = state.value;
    const troubled = now === "away" || now === "failed" || now === "signed-out";
    const mended = now === "saved" && !["saved", "saving", "waiting"].includes(before.current);
    if (troubled || mended) say(t(`save.${now}`));
    if (troubled || now === "saved") before.current = now;
  });
  const now = state.value;
  return (
    <span class={`save save-${now}`} data-save={now} title={t(`save.${now}.more`)}>
      <span class="dot" aria-hidden="true" />
      {t(`save.${now}`)}
    </span>
  );
}
