/** Gives the referat out: which layout, which format, draft or final; approves it. */
import { useSignal } from "@preact/signals";
import * as api from "../api/client";
import type { ExportRequest } from "../api/client";
import type { Meeting } from "../api/wire";
import { show } from "../live";
import type { MeetingModel } from "../meeting/model";
import { attempt } from "../trouble";
import { locale, named, t } from "../words";
import { Dialog } from "./dialog";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  onClose(): void;
}

export function ExportDialog({ model, meeting, onClose }: Props) {
  const format = useSignal(meeting.formats[0]?.ending ?? "docx");
  const profile = useSignal("");
  const draft = useSignal(meeting.approval.state !== "approved");
  const closed = useSignal(false);
  const preview = useSignal<string | null>(null);
  const by = useSignal(meeting.header.referent ?? "");

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
  const approve = () =>
    attempt(async () => {
      await model.saver?.flush();
      await api.approve(model.id, by.value);
      await model.refresh();
      draft.value = false;
      show({ text: t("approve.done") });
    });

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
        {meeting.open_proposals > 0 && (
          <p class="warn-text">{t("proposal.open", { n: meeting.open_proposals })}</p>
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
          <button type="submit" class="primary">
            {t("export.save")}
          </button>
        </div>
      </form>
      {preview.value !== null && (
        <iframe class="preview" src={preview.value} title={t("export.preview")} />
      )}
      <hr />
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          void approve();
        }}
      >
        <label>
          {t("approve.by")}
          <input value={by.value} onInput={(event) => (by.value = event.currentTarget.value)} />
        </label>
        <button type="submit" disabled={meeting.approval.state === "approved"}>
          {t(meeting.approval.state === "approved" ? "approve.is" : "approve")}
        </button>
      </form>
      <p class="muted">{t("approve.more")}</p>
    </Dialog>
  );
}
