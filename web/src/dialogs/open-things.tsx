/** What is still open in the draft, each with a way to it. */
import type { Place, PlaceKind } from "../editor/places";
import { counted, t } from "../words";

interface Props {
  places: Place[];
  unknown: number;
  onPlace(place: Place): void;
  onVoices(): void;
}

/** In the order of weight. */
const KINDS: PlaceKind[] = ["proposal", "decision", "action", "doubt"];

/** Returns what should be looked at before the referat is final: doubts about a line are not. */
export function unsettled(places: Place[]): Place[] {
  return places.filter(({ kind, open }) => open && kind !== "unsure");
}

export function OpenThings({ places, unknown, onPlace, onVoices }: Props) {
  return (
    <section class="open-things" aria-label={t("open.title")}>
      <h3>{t("open.title")}</h3>
      {KINDS.map((kind) => {
        const those = places.filter((place) => place.kind === kind);
        if (those.length === 0) return null;
        return (
          <details key={kind} open={those.length <= 3}>
            <summary>
              {counted(`open.${kind as Exclude<PlaceKind, "unsure">}`, those.length)}
            </summary>
            <ul>
              {those.map((place) => (
                <li key={place.from}>
                  <button type="button" class="quiet" onClick={() => onPlace(place)}>
                    {place.words || t("proposal.name")}
                  </button>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
      {unknown > 0 && (
        <p>
          {counted("open.speaker", unknown)}{" "}
          <button type="button" onClick={onVoices}>
            {t("open.name")}
          </button>
        </p>
      )}
    </section>
  );
}
