/** The agenda with times, how sure the division is, and what wants an eye. */
import type { RefObject } from "preact";
import type { AgendaItem, Meeting, Section, Voice } from "../api/wire";
import type { DraftEditor } from "../draft/editor";
import { headingOf } from "../draft/headings";
import { isAsked, isOpen, isUncertain } from "../editor/doubt";
import { clock } from "../time";
import { counted, named, t } from "../words";
import type { MeetingModel } from "./model";

interface Props {
  model: MeetingModel;
  meeting: Meeting;
  editor: RefObject<DraftEditor | null>;
  onVoices(): void;
}

export function AgendaPane({ model, meeting, editor, onVoices }: Props) {
  const current = model.boundaries.value[model.boundaryAt.value]?.item;
  const go = (item: AgendaItem, section: Section | undefined) => {
    const view = editor.current?.view;
    const place = view ? headingOf(view.state.doc, item, meeting.agenda) : undefined;
    if (place !== undefined) editor.current?.select({ from: place + 1, to: place + 1 });
    const start = section?.spans[0]?.start_ms;
    if (start !== undefined) void model.player.seek(start);
  };
  return (
    <nav class="pane pane-agenda" aria-label={t("pane.agenda")}>
      {meeting.voices && <OpenVoices voices={meeting.voices.list} onVoices={onVoices} />}
      <h2>{t("pane.agenda")}</h2>
      <ol>
        {meeting.agenda.map((item) => {
          const section = meeting.sections.find((one) => one.item === item.number);
          return (
            <li key={item.number} class={current === item.number ? "current" : ""}>
              <button
                type="button"
                class="item"
                aria-current={current === item.number ? "true" : undefined}
                onClick={() => go(item, section)}
              >
                <span class="number">{item.number}</span>
                <span class="title">{item.title}</span>
              </button>
              <div class="item-facts">
                {(section?.spans ?? []).map((span) => (
                  <button
                    type="button"
                    class="time"
                    key={span.start_ms}
                    aria-label={t("play.span", {
                      from: clock(span.start_ms),
                      to: clock(span.end_ms),
                    })}
                    title={why(span.reason.kind, span.reason.quote)}
                    onClick={() => void model.player.playFrom(span.start_ms)}
                  >
                    {clock(span.start_ms)}–{clock(span.end_ms)}
                  </button>
                ))}
                {meeting.has.transcript && <Sureness section={section} />}
                <Flags section={section} item={item} />
              </div>
              <div class="item-acts">
                <button
                  type="button"
                  class="quiet"
                  title={t("agenda.begin.more")}
                  aria-label={t("agenda.begin.item", { item: item.number })}
                  onClick={() => void model.beginHere(item.number)}
                >
                  {t("agenda.begin")}
                </button>
                <button
                  type="button"
                  class="quiet"
                  aria-pressed={item.closed}
                  aria-label={t("agenda.close.item", { item: item.number })}
                  onClick={() => void model.setClosed(item.number, !item.closed)}
                >
                  {t("agenda.close")}
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      {meeting.notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
    </nav>
  );
}

/** Leads to the voices, and tells how many have no name. */
function OpenVoices({ voices, onVoices }: { voices: Voice[]; onVoices(): void }) {
  const left = voices.filter(({ speaker, settled }) => speaker === null && !settled).length;
  return (
    <button type="button" class="open-voices" title="F3" onClick={onVoices}>
      <span>{t("voices.open")}</span>
      {left > 0 && <span class="chip warn">{t("voices.left", { n: left })}</span>}
    </button>
  );
}

/** Below this confidence a beginning is told to be unsure. */
const UNSURE = 0.45;

function why(kind: string, quote: string): string {
  const reason = named(`reason.${kind}`, kind);
  return quote ? `${reason}: “${quote}”` : reason;
}

/** Tells where it is not sure that the item begins there. */
function Sureness({ section }: { section: Section | undefined }) {
  const spans = section?.spans ?? [];
  if (spans.length === 0) return <span class="chip warn">{t("agenda.missing")}</span>;
  const least = Math.min(...spans.map((span) => span.confidence));
  if (least >= UNSURE) return null;
  return (
    <span class="sure-low" title={t("agenda.sure.more")}>
      {t("agenda.sure.low")}
    </span>
  );
}

function Flags({ section, item }: { section: Section | undefined; item: AgendaItem }) {
  const open = (section?.statements ?? []).filter(isOpen);
  const asked = open.filter(isAsked).length;
  const unsure = open.filter(isUncertain).length;
  return (
    <>
      {item.closed && <span class="chip closed">{t("agenda.closed")}</span>}
      {asked > 0 && <span class="chip decision">{counted("agenda.asked", asked)}</span>}
      {unsure > 0 && <span class="chip warn">{counted("agenda.unsure", unsure)}</span>}
    </>
  );
}
