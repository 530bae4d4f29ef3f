/** Approves the referat, once what is open has been seen; takes the approval back. */
import { useSignal } from "@preact/signals";
import * as api from "../api/client";
import type { Meeting } from "../api/wire";
import type { Place } from "../editor/places";
import { show } from "../live";
import type { MeetingModel } from "../meeting/model";
import { unknownSpeakers } from "../meeting/unknown";
import { attempt } from "../trouble";
import { moment, t } from "../words";
import { Dialog } from "./dialog";
import { OpenThings, unsettled } from "./open-things";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  onPlace(place: Place): void;
  onVoices(): void;
  onClose(): void;
}

export function ApproveDialog(props: Props) {
  const approved = props.meeting.approval.state === "approved";
  return approved ? <Approved {...props} /> : <Approving {...props} />;
}

function Approved({ model, meeting, onClose }: Props) {
  const { at, by } = meeting.approval;
  const withdraw = () =>
    attempt(async () => {
      await api.withdrawApproval(model.id);
      await model.refresh();
      show({ text: t("approve.withdrawn") });
      onClose();
    });
  return (
    <Dialog title={t("approve.is")} onClose={onClose}>
      <p>
        {t(by ? "approve.at.by" : "approve.at", { time: at ? moment(at) : "", name: by ?? "" })}
      </p>
      <p class="muted">{t("approve.withdraw.more")}</p>
      <div class="acts">
        <button type="button" onClick={() => void withdraw()}>
          {t("approve.withdraw")}
        </button>
      </div>
    </Dialog>
  );
}

function Approving({ model, meeting, onPlace, onVoices, onClose }: Props) {
  const by = useSignal(meeting.header.referent ?? "");
  const anyway = useSignal(false);
  const places = unsettled(model.places.value);
  const unknown = unknownSpeakers(meeting);
  const open = places.length > 0 || unknown > 0;
  const proposals = meeting.open_proposals > 0;
  const approve = () =>
    attempt(async () => {
      await model.saver?.flush();
      await api.approve(model.id, by.value.trim());
      await model.refresh();
      show({ text: t("approve.done") });
      onClose();
    });
  return (
    <Dialog title={t("approve")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void approve();
        }}
      >
        {open && (
          <OpenThings places={places} unknown={unknown} onPlace={onPlace} onVoices={onVoices} />
        )}
        {proposals && <p class="warn-text">{t("error.unsettled")}</p>}
        <label>
          {t("approve.by")}
          <input
            required
            value={by.value}
            onInput={(event) => (by.value = event.currentTarget.value)}
          />
        </label>
        {open && !proposals && (
          <label class="check">
            <input
              type="checkbox"
              checked={anyway.value}
              onChange={(event) => (anyway.value = event.currentTarget.checked)}
            />
            {t("open.anyway")}
          </label>
        )}
        <p class="muted">{t("approve.more")}</p>
        <div class="acts">
          <button type="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button
            type="submit"
            class="primary"
            disabled={proposals || (open && !anyway.value) || by.value.trim() === ""}
          >
            {t("approve")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
