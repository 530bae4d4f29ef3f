/** A place to drop files on, that is a button for choosing them too. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../words";

interface Props {
  title: string;
  more: string;
  accept: string;
  onFiles(files: File[]): void;
}

export function DropPlace({ title, more, accept, onFiles }: Props) {
  const over = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div
      class={`drop-place ${over.value ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        over.value = false;
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <p class="drop-title">{title}</p>
      <p class="muted">{more}</p>
      <button type="button" onClick={() => field.current?.click()}>
        {t("choose.files")}
      </button>
      <input
        ref={field}
        class="unseen"
        type="file"
        multiple
        accept={accept}
        tabIndex={-1}
        aria-label={t("choose.files")}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
