/** Tells that what the referat was made from is deleted, and leads to the receipt. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { PurgeReceipt } from "../api/wire";
import { deletion } from "../dialogs/receipts";
import { attempt } from "../trouble";
import { t } from "../words";

interface Props {
  id: string;
  onReceipts(): void;
}

export function DeletedStrip({ id, onReceipts }: Props) {
  const last = useSignal<PurgeReceipt | null>(null);
  useEffect(() => {
    void attempt(async () => (last.value = (await api.getReceipts(id))[0] ?? null));
  }, [id]);
  const receipt = last.value?.receipt;
  if (!receipt) return null;
  return (
    <section class="deleted-strip" aria-label={t("receipt.title")}>
      <span>{deletion(receipt)}</span>
      <button type="button" onClick={onReceipts}>
        {t("receipt.see")}
      </button>
    </section>
  );
}
