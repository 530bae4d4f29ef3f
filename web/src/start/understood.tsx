/** What was understood of a dagsorden: facts, participants, items. */
import type { AgendaReading, Participant } from "../api/wire";
import { day, t } from "../words";
import { Correction } from "./correction";

interface Props {
  reading: AgendaReading;
  /** Reads another text in its place. */
  onChange(markdown: string): unknown;
}

export function Understood({ reading, onChange }: Props) {
  const { header, agenda, remarks } = reading;
  return (
    <section class="card understood" aria-label={t("new.understood")}>
      <h2>{header.title ?? t("new.untitled")}</h2>
      <dl>
        <Fact name={t("fact.date")} value={header.date && day(header.date)} />
        <Fact
          name={t("fact.time")}
          value={header.start && [header.start, header.end].filter(Boolean).join("–")}
        />
        <Fact name={t("fact.place")} value={header.place} />
        <Fact name={t("fact.chair")} value={header.chair} />
        <Fact name={t("fact.referent")} value={header.referent} />
      </dl>
      <People title={t("fact.present")} all={header.present} />
      <People title={t("fact.remote")} all={header.remote} />
      <People title={t("fact.absent")} all={header.absent} />
      <h3>{t("pane.agenda")}</h3>
      <ol class="items">
        {agenda.map((item) => (
          <li key={item.number}>
            <span class="number">{item.number}</span>
            <span>
              {item.title}
              {item.presenter && <span class="muted"> · {item.presenter}</span>}
              {item.closed && <span class="chip closed">{t("agenda.closed")}</span>}
              {item.sub.length > 0 && (
                <ul>
                  {item.sub.map((one) => (
                    <li key={one.title}>{one.title}</li>
                  ))}
                </ul>
              )}
            </span>
          </li>
        ))}
      </ol>
      {agenda.length === 0 && <p class="warn-text">{t("new.no.items")}</p>}
      {remarks.length > 0 && (
        <ul class="remarks">
          {remarks.map(({ line, text }) => (
            <li key={`${line} ${text}`}>
              {line != null && `${t("new.line", { n: line })}: `}
              {text}
            </li>
          ))}
        </ul>
      )}
      <Correction reading={reading} onChange={onChange} />
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={value ? "" : "muted"}>{value ?? t("fact.missing")}</dd>
    </div>
  );
}

function People({ title, all }: { title: string; all: Participant[] }) {
  if (all.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="people">
        {all.map(({ name, title: office, role }) => (
          <li key={name}>
            {name}
            {(office ?? role) && (
              <span class="muted"> · {[office, role].filter(Boolean).join(", ")}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
