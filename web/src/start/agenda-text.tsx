/** The text of the dagsorden, to be corrected by hand. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../words";

/** From the last key to reading it anew. */
const PAUSE_MS = 600;

interface Props {
  markdown: string;
  onChange(markdown: string): unknown;
}

export function AgendaText({ markdown, onChange }: Props) {
  const text = useSignal(markdown);
  const touched = useSignal(false);
  useEffect(() => {
    if (!touched.peek()) text.value = markdown;
  }, [markdown]);
  useSignalEffect(() => {
    const now = text.value;
    if (!touched.peek() || now === markdown) return undefined;
    const timer = setTimeout(() => void onChange(now), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <details class="card">
      <summary>{t("new.correct")}</summary>
      <p class="muted">{t("new.correct.more")}</p>
      <textarea
        rows={18}
        aria-label={t("new.correct")}
        value={text.value}
        onInput={(event) => {
          touched.value = true;
          text.value = event.currentTarget.value;
        }}
      />
    </details>
  );
}
