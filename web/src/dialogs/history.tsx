/** Earlier versions: what has changed since, and bringing one back. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { ChangedLines, Generation } from "../api/wire";
import { compare, type Line } from "../document/compare";
import type { MeetingModel } from "../meeting/model";
import { attempt } from "../trouble";
import { counted, moment, t } from "../words";
import { Dialog } from "./dialog";

interface Props {
  model: MeetingModel;
  onClose(): void;
}

export function HistoryDialog({ model, onClose }: Props) {
  const all = useSignal<Generation[] | null>(null);
  const chosen = useSignal<number | null>(null);
  const changes = useSignal<Line[]>([]);

  useEffect(() => {
    void attempt(async () => {
      await model.saver?.flush();
      all.value = (await api.getHistory(model.id)).generations;
    });
  }, []);

  const choose = (id: number) =>
    attempt(async () => {
      const part = model.part.peek();
      const [then, now] = await Promise.all([
        api.getGeneration(model.id, id, part),
        api.getDocument(model.id, part),
      ]);
      changes.value = compare(then.blocks, now.blocks);
      chosen.value = id;
    });
  const restore = (id: number) =>
    attempt(async () => {
      await model.make(() => api.restoreGeneration(model.id, id), t("history.restored"));
      onClose();
    });

  const shown = all.value?.filter(differs);
  const changed = changes.value.filter((line) => line.kind !== "same");
  return (
    <Dialog title={t("history.title")} wide onClose={onClose}>
      <div class="history">
        <ol class="generations" aria-label={t("history.title")}>
          {shown?.map(({ id, at, reason, changed }) => (
            <li key={id}>
              <button
                type="button"
                aria-pressed={chosen.value === id}
                onClick={() => void choose(id)}
              >
                <strong>{moment(at)}</strong>
                <span>{replacedBy(reason)}</span>
                <span class="muted">{whatChanged(changed)}</span>
              </button>
            </li>
          ))}
          {shown?.length === 0 && <li class="muted">{t("history.none")}</li>}
        </ol>
        <section aria-label={t("history.changes")} aria-live="polite" tabIndex={0}>
          {chosen.value === null ? (
            <p class="muted">{t("history.choose")}</p>
          ) : (
            <>
              <div class="acts">
                <button
                  type="button"
                  class="primary"
                  onClick={() => void restore(chosen.value ?? 0)}
                >
                  {t("history.restore")}
                </button>
              </div>
              {changed.length === 0 && <p>{t("history.same")}</p>}
              {changed.map(({ kind, text }, index) => (
                <p key={index} class={`change ${kind}`}>
                  <span class="unseen">{t(`history.${kind as "added" | "removed"}`)} </span>
                  {text}
                </p>
              ))}
            </>
          )}
        </section>
      </div>
    </Dialog>
  );
}

/** Whether another text took its place: of several that are alike the last stands for all. */
function differs({ changed, parts }: Generation): boolean {
  return changed.lost + changed.gained > 0 || parts.includes("closed");
}

/** Returns what came after a version, in words. */
function replacedBy(reason: string): string {
  const [, kind, name = ""] = /^(\w+)(?: (.*))?$/.exec(reason) ?? [];
  if (kind === "draft" || kind === "edit") return t(`history.before.${kind}`);
  if (kind === "restore") return t("history.before.restore", { id: name });
  if (kind === "edited") return t("history.before.edited", { name });
  return reason;
}

/** At most so many headings are named. */
const NAMED = 2;

/** Returns how much was changed then, and where. */
function whatChanged({ lost, gained, under }: ChangedLines): string {
  const lines = counted("history.lines", Math.max(lost, gained));
  if (under.length === 0) return lines;
  const named = under.slice(0, NAMED).join(", ");
  const where = under.length > NAMED ? t("history.and", { named, n: under.length - NAMED }) : named;
  return `${lines}: ${where}`;
}
