/** The receipts of what was deleted of a meeting. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../api/client";
import type { PurgeReceipt, Receipt } from "../api/wire";
import { attempt } from "../trouble";
import { moment, named, t } from "../words";
import { Dialog } from "./dialog";
import { Purged } from "./purged";

export function ReceiptsDialog({ id, onClose }: { id: string; onClose(): void }) {
  const all = useSignal<PurgeReceipt[]>([]);
  useEffect(() => {
    void attempt(async () => (all.value = await api.getReceipts(id)));
  }, [id]);
  return (
    <Dialog title={t("receipt.title")} onClose={onClose}>
      <div class="stack">
        {all.value.map((one) => (
          <ReceiptTold key={one.path} answer={one} />
        ))}
      </div>
    </Dialog>
  );
}

/** What was deleted, when and by whom. */
export function ReceiptTold({ answer: { receipt, path } }: { answer: PurgeReceipt }) {
  if (receipt === null || path === null) return <p>{t("purge.nothing")}</p>;
  return (
    <section class="stack receipt">
      <p>{deletion(receipt)}</p>
      <p>{t(receipt.approved ? "receipt.approved" : "receipt.unapproved")}</p>
      <Purged deleted={receipt.deleted} changed={receipt.changed} />
      <p class="muted">{t("receipt.meaning")}</p>
      <p class="muted">{t("purge.receipt", { path })}</p>
    </section>
  );
}

/** Returns what was deleted, when and by whom, as a sentence. */
export function deletion({ scope, at, by }: Receipt): string {
  const told = (one: string) => {
    const item = /^item (.+)$/.exec(one)?.[1];
    return item === undefined ? named(`purge.${one}`, one) : t("purge.item", { item });
  };
  const what = scope.map(told).join(", ");
  return t(by ? "receipt.by" : "receipt.at", { what, time: moment(at), by: by ?? "" });
}
