/** What is uncertain in a dagsorden, asked for beside the field that its line became. */
import type { About, Remark } from "../api/wire";
import { locale, t } from "../words";

/** The remarks about one field; those about none where `field` is undefined. */
export const about = (remarks: Remark[], field?: Exclude<About, object>): Remark[] =>
  remarks.filter((one) => (one.about ?? undefined) === field);

/** The remarks about the item of this number. */
export const aboutItem = (remarks: Remark[], number: string): Remark[] =>
  remarks.filter(({ about }) => typeof about === "object" && about?.item === number);

/** Remarks in the reader's language, each with the line it is about. */
export function Doubts({ all }: { all: Remark[] }) {
  if (all.length === 0) return null;
  return (
    <ul class="remarks">
      {all.map((one) => {
        const { line, source, text } = one;
        const told = one.texts?.[locale.value] ?? text;
        return (
          <li key={`${line} ${text}`}>
            {told}
            {line != null && (
              <span class="source">
                {t("new.line", { n: line })}
                {source && !told.includes(source) && (
                  <>
                    : <q>{source}</q>
                  </>
                )}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
