/** The draft: loads it, puts it into the editor, saves it, and shows the tools of writing. */
import { effect, signal, useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../api/client";
import type { Meeting, Part } from "../api/wire";
import type { LineKind } from "../editor/kinds";
import { places, type Place } from "../editor/places";
import { show } from "../live";
import type { MeetingModel } from "../meeting/model";
import { wording } from "../trouble";
import { counted, t } from "../words";
import { BackupPlace } from "./backup";
import { DraftEditor } from "./editor";
import { FindBar } from "./find-bar";
import { failure } from "./failure";
import { Saver } from "./saver";
import { StatusLine } from "./status-line";
import { Toolbar } from "./toolbar";

/** What saves the draft that is shown. */
export const draftSaver = signal<Saver | null>(null);

/** From the last key until what is to be looked at is counted again. */
const PLACES_MS = 200;

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  editor: RefObject<DraftEditor | null>;
  finding: Signal<boolean>;
  onPlace(place: Place): void;
  onVoices(): void;
}

export function DraftPane({ model, meeting, editor, finding, onPlace, onVoices }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const trouble = useSignal("");
  const material = useSignal(true);
  const part = model.part.value;
  const kind = useSignal<ReadonlySignal<LineKind | null> | null>(null);

  useEffect(() => {
    const stop = new AbortController();
    const opened = open(model, meeting.language, part, place.current, stop.signal)
      .then((one) => {
        editor.current = one?.editor ?? null;
        kind.value = one?.editor.kind ?? null;
        return one;
      })
      .catch((error: unknown) => {
        trouble.value = wording(error);
        return null;
      });
    return () => {
      stop.abort();
      void opened.then((one) => one?.close());
    };
  }, [model, part]);

  return (
    <>
      <div class="draft-tools" role="group" aria-label={t("draft.tools")}>
        {kind.value && (
          <Toolbar kind={kind.value} run={(command) => editor.current?.run(command)} />
        )}
        {meeting.documents.closed !== null && (
          <div class="choice" role="group" aria-label={t("draft.part")}>
            {(["open", "closed"] as Part[]).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={part === one}
                onClick={() => (model.part.value = one)}
              >
                {t(`draft.part.${one}`)}
              </button>
            ))}
          </div>
        )}
        <StatusLine
          model={model}
          meeting={meeting}
          from={() => editor.current?.view.state.selection.from ?? 0}
          onPlace={onPlace}
          onVoices={onVoices}
        />
        <button
          type="button"
          class="quiet material"
          title={t("draft.material.more")}
          aria-pressed={material.value}
          onClick={() => (material.value = !material.value)}
        >
          {t("draft.material")}
        </button>
      </div>
      {finding.value && <FindBar editor={editor} onClose={() => (finding.value = false)} />}
      {trouble.value && (
        <p role="alert" class="bad">
          {trouble.value}
        </p>
      )}
      <div ref={place} class={`paper ${material.value ? "" : "without-material"}`} />
    </>
  );
}

interface Open {
  editor: DraftEditor;
  close(): void;
}

/** Loads the document, with what was left unsaved, and wires editor, saver and server. */
async function open(
  model: MeetingModel,
  language: string,
  part: Part,
  place: HTMLElement | null,
  stop: AbortSignal,
): Promise<Open | null> {
  const kept = new BackupPlace(model.id, part);
  const left = await kept.left().catch(() => []);
  for (const one of left) {
    const sent = await resend(model.id, part, one);
    if (sent) show({ text: t("save.recovered") });
  }
  if (left.length > 0) await kept.settled();
  const loaded = await api.getDocument(model.id, part);
  if (stop.aborted || !place || loaded.revision === null) {
    kept.release();
    return null;
  }
  const editor: DraftEditor = new DraftEditor(
    place,
    loaded.blocks,
    {
      facts: model.facts,
      active: model.active,
      playStatement: (id) => model.playStatement(id),
      cue: (id, shown) => model.cue(id, shown),
      settle: (id, verdict) => void model.settle(id, verdict),
      language,
    },
    {
      changed: () => saver.changed(),
      stepped: () => model.undo.push("text"),
      corrected: (correction, elsewhere) =>
        show({
          text: counted("correct.offer", elsewhere, { from: correction.from }),
          act: {
            label: t("correct.all", { to: correction.to }),
            run: () => editor.correctAll(correction),
          },
        }),
    },
  );
  const saver: Saver = new Saver(
    {
      put: (body) => api.putDocument(model.id, part, body),
      fetch: async () => {
        const { revision, blocks } = await api.getDocument(model.id, part);
        return { revision: revision ?? "", blocks };
      },
      failure,
      current: () => editor.blocks(),
      replace: (blocks) => editor.replace(blocks),
      keep: (state) => void kept.keep({ ...state, at: Date.now() }),
      forget: () => void kept.clear(),
    },
    loaded.revision,
    loaded.blocks,
  );
  model.saver = saver;
  draftSaver.value = saver;
  model.undo.attach(editor);
  const unwatch = watchPlaces(model, editor);
  const leaving = () => saver.keepNow();
  addEventListener("pagehide", leaving);
  return {
    editor,
    close() {
      removeEventListener("pagehide", leaving);
      unwatch();
      void saver.flush().finally(() => {
        saver.close();
        kept.release();
        editor.destroy();
      });
      model.undo.forgetText();
    },
  };
}

/** Keeps the list of what is to be looked at; returns what ends it. */
function watchPlaces(model: MeetingModel, editor: DraftEditor): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const [doc, facts] = [editor.doc.value, model.facts.value];
    clearTimeout(timer);
    timer = setTimeout(() => (model.places.value = places(doc, facts)), PLACES_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    model.places.value = [];
  };
}

/** Sends what a page had left unsaved; the server merges it. Returns whether it did. */
async function resend(
  id: string,
  part: Part,
  left: {
    base: string;
    agreed: import("../document/block").Block[];
    blocks: import("../document/block").Block[];
  },
): Promise<boolean> {
  const { base, agreed, blocks } = left;
  try {
    await api.putDocument(id, part, { base, blocks });
  } catch (error) {
    if (failure(error) !== "unknown-base") throw error;
    await api.putDocument(id, part, { base_blocks: agreed, blocks });
  }
  return true;
}
