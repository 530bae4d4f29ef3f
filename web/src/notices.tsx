/** Shows and reads aloud what happens. */
import { dismiss, notice, spoken } from "./live";
import { t } from "./words";

export function Notices() {
  const shown = notice.value;
  return (
    <>
      <div class="unseen" role="status" aria-live="polite">
        {spoken.value}
      </div>
      {shown && (
        <div class={`notice ${shown.bad ? "bad" : ""}`}>
          <span>{shown.text}</span>
          {shown.act && (
            <button
              type="button"
              class="primary"
              onClick={() => {
                shown.act?.run();
                dismiss();
              }}
            >
              {shown.act.label}
            </button>
          )}
          <button type="button" class="quiet" aria-label={t("close")} onClick={dismiss}>
            ✕
          </button>
        </div>
      )}
    </>
  );
}
