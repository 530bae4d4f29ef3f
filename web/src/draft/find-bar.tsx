/** Find and replace. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { findKey, go, replaceAll, search } from "../editor/find";
import { say } from "../live";
import { t } from "../words";
import type { DraftEditor } from "./editor";

interface Props {
  editor: RefObject<DraftEditor | null>;
  onClose(): void;
}

export function FindBar({ editor, onClose }: Props) {
  const text = useSignal("");
  const by = useSignal("");
  const words = useSignal(false);
  const hits = useSignal(0);
  const number = useSignal(0);
  const field = useRef<HTMLInputElement>(null);

  const view = () => editor.current?.view;
  const look = () => {
    const shown = view();
    if (!shown) return;
    hits.value = search(shown, { text: text.value, words: words.value, exact: false });
    say(t("find.count", { n: hits.value }));
  };
  const step = (direction: 1 | -1) => {
    const shown = view();
    if (shown) number.value = go(shown, direction);
  };
  const replace = (all: boolean) => {
    const shown = view();
    if (!shown) return;
    const found = findKey.getState(shown.state)?.found ?? [];
    const { from, to } = shown.state.selection;
    const meant = all ? found : found.filter((hit) => hit.from === from && hit.to === to);
    if (meant.length > 0) shown.dispatch(replaceAll(shown.state.tr, meant, by.value));
    say(t("find.replaced", { n: meant.length }));
    look();
    if (!all) step(1);
  };

  useEffect(() => {
    field.current?.focus();
    return () => {
      const shown = view();
      if (shown) search(shown, null);
    };
  }, []);

  return (
    <form
      class="find-bar"
      role="search"
      aria-label={t("find")}
      onSubmit={(event) => {
        event.preventDefault();
        step(1);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        onClose();
        view()?.focus();
      }}
    >
      <label>
        {t("find.what")}
        <input
          ref={field}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            look();
          }}
        />
      </label>
      <label>
        {t("find.by")}
        <input value={by.value} onInput={(event) => (by.value = event.currentTarget.value)} />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={words.value}
          onChange={(event) => {
            words.value = event.currentTarget.checked;
            look();
          }}
        />
        {t("find.words")}
      </label>
      <span class="muted">
        {number.value > 0 && hits.value > 0
          ? t("find.of", { i: number.value, n: hits.value })
          : t("find.count", { n: hits.value })}
      </span>
      <button type="button" onClick={() => step(-1)}>
        {t("find.before")}
      </button>
      <button type="submit">{t("find.next")}</button>
      <button type="button" onClick={() => replace(false)}>
        {t("find.replace")}
      </button>
      <button type="button" onClick={() => replace(true)}>
        {t("find.replace.all")}
      </button>
      <button type="button" class="quiet" aria-label={t("close")} onClick={onClose}>
        ✕
      </button>
    </form>
  );
}
