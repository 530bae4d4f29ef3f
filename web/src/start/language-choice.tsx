/** Danish or English. */
import { choose, locale, t } from "../words";

export function LanguageChoice() {
  const other = locale.value === "da" ? "en" : "da";
  return (
    <button type="button" class="quiet" lang={other} onClick={() => choose(other)}>
      {t("language.other")}
    </button>
  );
}
