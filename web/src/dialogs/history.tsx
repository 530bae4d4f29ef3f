/** Earlier versions: what has changed since, and bringing one back. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { Generation } from "../api/wire";
import { compare, type Line } from "../document/compare";
import type { MeetingModel } from "../meeting/model";
import { attempt } from "../trouble";
import { moment, named, t } from "../words";
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

  const changed = changes.value.filter((line) => line.kind !== "same");
  return (
    <Dialog title={t("history.title")} wide onClose={onClose}>
      <div class="history">
        <ol class="generations" aria-label={t("history.title")}>
          {all.value?.map(({ id, at, reason }) => (
            <li key={id}>
              <button
                type="button"
                aria-pressed={chosen.value === id}
                onClick={() => void choose(id)}
              >
                <strong>{moment(at)}</strong>
                <span class="muted">{named(`history.reason.${reason}`, reason)}</span>
              </button>
            </li>
          ))}
          {all.value?.length === 0 && <li class="muted">{t("history.none")}</li>}
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
