/** How loud it is: a bar from -60 dB to full scale, and words for what is wrong. */
import { t } from "../words";

const QUIETEST_DB = -60;

export function Level({ dbfs, clipping }: { dbfs: number | null; clipping: boolean }) {
  const part = dbfs === null ? 0 : Math.max(0, Math.min(1, 1 - dbfs / QUIETEST_DB));
  const words = clipping ? "level.clipping" : part < 0.25 ? "level.low" : "level.good";
  return (
    <div class="level">
      <meter
        min={0}
        max={1}
        low={0.25}
        high={0.95}
        optimum={0.7}
        value={part}
        aria-label={t("level.name")}
      />
      <span class={clipping ? "bad" : "muted"}>{t(words)}</span>
    </div>
  );
}
