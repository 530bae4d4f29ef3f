/** Corrects the dagsorden of a meeting that has a draft already; the draft is made anew by it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { AgendaReading } from "../api/wire";
import { show } from "../live";
import type { MeetingModel } from "../meeting/model";
import { Correction } from "../start/correction";
import { attempt } from "../trouble";
import { t } from "../words";
import { Dialog } from "./dialog";

interface Props {
  model: MeetingModel;
  onClose(): void;
}

export function AgendaDialog({ model, onClose }: Props) {
  const reading = useSignal<AgendaReading | null>(null);
  useEffect(() => {
    void attempt(async () => (reading.value = await api.getAgenda(model.id)));
  }, []);
  const correct = (markdown: string) =>
    attempt(async () => {
      await model.saver?.flush();
      reading.value = await api.putAgenda(model.id, markdown);
      await model.refresh();
      show({ text: t(reading.value.redrafted ? "agenda.corrected.draft" : "agenda.corrected") });
    });
  return (
    <Dialog title={t("agenda.correct")} wide onClose={onClose}>
      <p class="muted">{t("agenda.correct.more")}</p>
      {reading.value && <Correction reading={reading.value} onChange={correct} open />}
    </Dialog>
  );
}
