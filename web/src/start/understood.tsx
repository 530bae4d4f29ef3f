/** What was understood of a dagsorden: facts, participants, items. */
import type { AgendaReading, Participant, Remark } from "../api/wire";
import { day, t } from "../words";
import { Correction } from "./correction";
import { Doubts, about, aboutItem } from "./doubts";

interface Props {
  reading: AgendaReading;
  /** Reads another text in its place. */
  onChange(markdown: string): unknown;
  /** Takes over a correction that is being taken. */
  onTaking(taking: Promise<unknown>): void;
}

export function Understood({ reading, onChange, onTaking }: Props) {
  const { header, agenda, remarks } = reading;
  return (
    <section class="card understood" aria-label={t("new.understood")}>
      <h2>{header.title ?? t("new.untitled")}</h2>
      <dl>
        <Fact
          name={t("fact.date")}
          value={header.date && day(header.date)}
          doubts={about(remarks, "date")}
        />
        <Fact
          name={t("fact.time")}
          value={header.start && [header.start, header.end].filter(Boolean).join("–")}
          doubts={about(remarks, "time")}
        />
        <Fact name={t("fact.place")} value={header.place} />
        <Fact name={t("fact.chair")} value={header.chair} doubts={about(remarks, "chair")} />
        <Fact
          name={t("fact.referent")}
          value={header.referent}
          doubts={about(remarks, "referent")}
        />
      </dl>
      <People title={t("fact.present")} all={header.present} />
      <People title={t("fact.remote")} all={header.remote} />
      <People title={t("fact.absent")} all={header.absent} />
      <Doubts all={about(remarks, "people")} />
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
              <Doubts all={aboutItem(remarks, item.number)} />
            </span>
          </li>
        ))}
      </ol>
      <Doubts all={about(remarks, "agenda")} />
      {agenda.length === 0 && <p class="warn-text">{t("new.no.items")}</p>}
      <Doubts all={about(remarks)} />
      <Correction reading={reading} onChange={onChange} onTaking={onTaking} />
    </section>
  );
}

interface FactProps {
  name: string;
  value: string | null | undefined;
  doubts?: Remark[];
}

function Fact({ name, value, doubts = [] }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={value ? "" : "muted"}>
        {value ?? t("fact.missing")}
        <Doubts all={doubts} />
      </dd>
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
