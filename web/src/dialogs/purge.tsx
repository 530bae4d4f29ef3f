/** Deletes recordings and transcript when the case is closed, and shows the receipt. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../api/client";
import type { Meeting, PurgePlan, PurgeReceipt } from "../api/wire";
import type { MeetingModel } from "../meeting/model";
import { attempt } from "../trouble";
import { t } from "../words";
import { Dialog } from "./dialog";
import { Purged } from "./purged";
import { ReceiptTold } from "./receipts";

const SCOPES = ["audio", "transcript", "voices"] as const;

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  onClose(): void;
}

export function PurgeDialog({ model, meeting, onClose }: Props) {
  const scope = useSignal<string[]>(["audio"]);
  const plan = useSignal<PurgePlan | null>(null);
  const receipt = useSignal<PurgeReceipt | null>(null);
  const planning = useRef<Promise<unknown>>(Promise.resolve());
  const sure = useSignal(false);
  const by = useSignal(meeting.header.referent ?? "");
  const approved = meeting.approval.state === "approved";

  useEffect(() => {
    plan.value = null;
    const asked = scope.value;
    if (asked.length === 0) return;
    // One after another: each holds the meeting while it is answered. What is no longer asked for
    // is not shown.
    planning.current = planning.current.then(async () => {
      if (scope.peek() !== asked) return;
      await attempt(async () => {
        const planned = await api.planPurge(model.id, asked);
        if (scope.peek() === asked) plan.value = planned;
      });
    });
  }, [scope.value]);

  const run = () =>
    attempt(async () => {
      receipt.value = await api.purge(model.id, scope.value, by.value, !approved);
      await model.refresh();
    });

  if (receipt.value) {
    return (
      <Dialog title={t("purge.done")} onClose={onClose}>
        <p>{t("purge.still")}</p>
        <ReceiptTold answer={receipt.value} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("purge.title")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <fieldset>
          <legend>{t("purge.what")}</legend>
          {SCOPES.map((one) => (
            <label class="check" key={one}>
              <input
                type="checkbox"
                checked={scope.value.includes(one)}
                onChange={(event) =>
                  (scope.value = event.currentTarget.checked
                    ? [...scope.value, one]
                    : scope.value.filter((other) => other !== one))
                }
              />
              {t(`purge.${one}`)}
            </label>
          ))}
        </fieldset>
        {plan.value && (
          <>
            <p>{t(gone(plan.value) ? "purge.plan" : "purge.nothing")}</p>
            {gone(plan.value) && <Purged deleted={plan.value.delete} changed={plan.value.change} />}
            <p class="muted">{t("purge.kept")}</p>
          </>
        )}
        {!approved && <p class="warn-text">{t("purge.unapproved")}</p>}
        <label>
          {t("purge.by")}
          <input value={by.value} onInput={(event) => (by.value = event.currentTarget.value)} />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={sure.value}
            onChange={(event) => (sure.value = event.currentTarget.checked)}
          />
          {t("purge.sure")}
        </label>
        <div class="acts">
          <button type="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button
            type="submit"
            class="danger"
            disabled={!sure.value || !plan.value || !gone(plan.value)}
          >
            {t("purge.run")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function gone({ delete: deleted, change }: PurgePlan): boolean {
  return deleted.length + change.length > 0;
}
