/** Gives the referat out: which layout, which format, draft or final. */
import { useSignal } from "@preact/signals";
import * as api from "../api/client";
import type { ExportRequest } from "../api/client";
import type { Meeting } from "../api/wire";
import type { Place } from "../editor/places";
import { show } from "../live";
import type { MeetingModel } from "../meeting/model";
import { unknownSpeakers } from "../meeting/unknown";
import { attempt } from "../trouble";
import { locale, named, t } from "../words";
import { Dialog } from "./dialog";
import { OpenThings, unsettled } from "./open-things";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  onPlace(place: Place): void;
  onVoices(): void;
  onApprove(): void;
  onClose(): void;
}

export function ExportDialog({ model, meeting, onPlace, onVoices, onApprove, onClose }: Props) {
  const format = useSignal(meeting.formats[0]?.ending ?? "docx");
  const profile = useSignal("");
  const draft = useSignal(meeting.approval.state !== "approved");
  const closed = useSignal(false);
  const preview = useSignal<string | null>(null);
  const anyway = useSignal(false);

  const request = (): ExportRequest => ({
    format: format.value,
    draft: draft.value,
    closed: closed.value,
    ...(profile.value && { profile: profile.value }),
  });
  const save = () =>
    attempt(async () => {
      await model.saver?.flush();
      const { name, blob } = await api.exportFile(model.id, request());
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      show({ text: t("export.done", { name }) });
    });
  const places = unsettled(model.places.value);
  const unknown = unknownSpeakers(meeting);
  const open = !draft.value && (places.length > 0 || unknown > 0);

  return (
    <Dialog title={t("export.title")} onClose={onClose} wide={preview.value !== null}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <fieldset class="row-of-choices">
          <legend>{t("export.format")}</legend>
          {meeting.formats.map(({ ending, name }) => (
            <label class="check" key={ending}>
              <input
                type="radio"
                name="format"
                checked={format.value === ending}
                onChange={() => (format.value = ending)}
              />
              {name[locale.value]}
            </label>
          ))}
        </fieldset>
        <label>
          {t("export.profile")}
          <select
            value={profile.value}
            onChange={(event) => (profile.value = event.currentTarget.value)}
          >
            <option value="">{t("export.profile.own")}</option>
            {meeting.profiles.map((one) => (
              <option key={one} value={one}>
                {named(`profile.${one}`, one)}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="row-of-choices">
          <legend>{t("export.as")}</legend>
          <label class="check">
            <input
              type="radio"
              name="as"
              checked={draft.value}
              onChange={() => (draft.value = true)}
            />
            {t("export.draft")}
          </label>
          <label class="check">
            <input
              type="radio"
              name="as"
              checked={!draft.value}
              onChange={() => (draft.value = false)}
            />
            {t("export.final")}
          </label>
        </fieldset>
        {meeting.documents.closed !== null && (
          <label class="check">
            <input
              type="checkbox"
              checked={closed.value}
              onChange={(event) => (closed.value = event.currentTarget.checked)}
            />
            {t("export.closed")}
          </label>
        )}
        {open && (
          <>
            <OpenThings places={places} unknown={unknown} onPlace={onPlace} onVoices={onVoices} />
            <label class="check">
              <input
                type="checkbox"
                checked={anyway.value}
                onChange={(event) => (anyway.value = event.currentTarget.checked)}
              />
              {t("open.anyway")}
            </label>
          </>
        )}
        <div class="acts">
          <button
            type="button"
            onClick={() => {
              void model.saver?.flush().then(() => {
                preview.value = api.previewUrl(model.id, request());
              });
            }}
          >
            {t("export.preview")}
          </button>
          <button type="submit" class="primary" disabled={open && !anyway.value}>
            {t("export.save")}
          </button>
        </div>
      </form>
      {preview.value !== null && (
        <iframe class="preview" src={preview.value} title={t("export.preview")} />
      )}
      <hr />
      <div class="approval">
        <span class={meeting.approval.state === "changed" ? "warn-text" : "muted"}>
          {t(`approve.state.${meeting.approval.state}`)}
        </span>
        <button type="button" onClick={onApprove}>
          {t(meeting.approval.state === "approved" ? "approve.see" : "approve.begin")}
        </button>
      </div>
    </Dialog>
  );
}
