/** What was understood of a dagsorden, field by field, to be corrected. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { correctAgenda } from "../api/client";
import type { AgendaItem, AgendaReading, Header, Participant } from "../api/wire";
import { attempt } from "../trouble";
import { t } from "../words";

interface Props {
  reading: AgendaReading;
  /** Reads another text in its place. */
  onChange(markdown: string): unknown;
  /** Takes over what is being taken: each field is when it is left, and there is no button. */
  onTaking?(taking: Promise<unknown>): void;
  /** Whether it is unfolded from the beginning. */
  open?: boolean;
}

type Groups = Record<"present" | "remote" | "absent", string>;
const GROUPS = ["present", "remote", "absent"] as const;

/** A participant as a dagsorden prints them. */
const printed = ({ name, title, role }: Participant) =>
  [title, name].filter(Boolean).join(" ") + (role ? `, ${role}` : "");

/** The lines of a group; the server tells title, name and part apart. */
const people = (lines: string): Participant[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((name) => ({ name, title: null, role: null }));

export function Correction({ reading, onChange, onTaking, open }: Props) {
  const header = useSignal<Header>(reading.header);
  const groups = useSignal<Groups>({ present: "", remote: "", absent: "" });
  const agenda = useSignal<AgendaItem[]>(reading.agenda);
  /** How often something was typed, and how often when it was last taken. */
  const typed = useRef(0);
  const taken = useRef(0);
  const waiting = useRef(0);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    // What was typed meanwhile stays.
    if (typed.current !== taken.current || waiting.current > 0) return;
    header.value = reading.header;
    agenda.value = reading.agenda;
    const lines = (all: Participant[]) => all.map(printed).join("\n");
    const { present, remote, absent } = reading.header;
    groups.value = { present: lines(present), remote: lines(remote), absent: lines(absent) };
  }, [reading]);

  const fact = (change: Partial<Header>) => (header.value = { ...header.peek(), ...change });
  const item = (index: number, change: Partial<AgendaItem>) =>
    (agenda.value = agenda.peek().map((one, at) => (at === index ? { ...one, ...change } : one)));
  const take = () =>
    attempt(async () => {
      taken.current = typed.current;
      const named = Object.fromEntries(GROUPS.map((one) => [one, people(groups.value[one])]));
      const read = await correctAgenda({
        header: { ...header.value, ...named },
        agenda: agenda.value,
        language: reading.language,
      });
      await onChange(read.markdown);
    });
  // One after another: what is told last is what stands.
  const save = () => {
    waiting.current++;
    queue.current = queue.current.then(take).finally(() => waiting.current--);
    return queue.current;
  };
  const left = () => {
    if (typed.current !== taken.current) onTaking?.(save());
  };
  const { title, date, start, end, place, chair, referent } = header.value;
  const everybody = GROUPS.flatMap((one) => reading.header[one].map(({ name }) => name));

  return (
    <details open={open}>
      <summary>{t("new.fields")}</summary>
      <form
        class="correction"
        onInput={() => typed.current++}
        onFocusOut={left}
        onChange={left}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field name={t("fact.title")} value={title} onInput={(value) => fact({ title: value })} />
        <Field name={t("fact.place")} value={place} onInput={(value) => fact({ place: value })} />
        <div class="correction-time">
          <Field
            name={t("fact.date")}
            type="date"
            value={date}
            onInput={(value) => fact({ date: value })}
          />
          <Field
            name={t("fact.start")}
            type="time"
            value={start}
            onInput={(value) => fact({ start: value })}
          />
          <Field
            name={t("fact.end")}
            type="time"
            value={end}
            onInput={(value) => fact({ end: value })}
          />
        </div>
        <div class="correction-time">
          <Field
            name={t("fact.chair")}
            list="correction-people"
            value={chair}
            onInput={(value) => fact({ chair: value })}
          />
          <Field
            name={t("fact.referent")}
            list="correction-people"
            value={referent}
            onInput={(value) => fact({ referent: value })}
          />
        </div>
        <p class="muted">{t("new.fields.people")}</p>
        {GROUPS.map((group) => (
          <label key={group}>
            {t(`fact.${group}`)}
            <textarea
              rows={Math.max(2, groups.value[group].split("\n").length)}
              value={groups.value[group]}
              onInput={(event) =>
                (groups.value = { ...groups.peek(), [group]: event.currentTarget.value })
              }
            />
          </label>
        ))}
        <datalist id="correction-people">
          {everybody.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <ol class="correction-items">
          {agenda.value.map((one, index) => (
            <li key={`${one.number} ${index}`}>
              <span class="number">{one.number}</span>
              <input
                aria-label={t("new.item.title", { n: one.number })}
                value={one.title}
                onInput={(event) => item(index, { title: event.currentTarget.value })}
              />
              <input
                aria-label={t("new.item.presenter", { n: one.number })}
                placeholder={t("new.item.presenter.short")}
                list="correction-people"
                value={one.presenter ?? ""}
                onInput={(event) =>
                  item(index, {
                    presenter: event.currentTarget.value || null,
                    presenter_printed: null,
                  })
                }
              />
              <label class="check">
                <input
                  type="checkbox"
                  checked={one.closed}
                  onChange={(event) => item(index, { closed: event.currentTarget.checked })}
                />
                {t("agenda.closed")}
                <span class="unseen"> {t("new.item", { n: one.number })}</span>
              </label>
            </li>
          ))}
        </ol>
        {onTaking ? (
          <p class="muted">{t("new.fields.live")}</p>
        ) : (
          <div class="acts">
            <button type="submit" class="primary">
              {t("new.fields.save")}
            </button>
          </div>
        )}
      </form>
    </details>
  );
}

interface FieldProps {
  name: string;
  value: string | null;
  type?: "date" | "time";
  /** The list of what is offered. */
  list?: string;
  onInput(value: string | null): void;
}

function Field({ name, value, type, list, onInput }: FieldProps) {
  const shown = value ?? "";
  const told = (event: { currentTarget: HTMLInputElement }) =>
    onInput(event.currentTarget.value || null);
  return (
    <label>
      {name}
      {type ? (
        <input type={type} value={shown} onInput={told} />
      ) : (
        <input type="text" list={list} value={shown} onInput={told} />
      )}
    </label>
  );
}
