/** What a purge takes or took, in words and counts; the files are folded beneath. */
import { named, t } from "../words";

interface Taken {
  path: string;
  what: string;
}

interface Props {
  deleted: Taken[];
  changed: Taken[];
}

export function Purged({ deleted, changed }: Props) {
  return (
    <>
      <ul class="plan">
        {[...counts(deleted)].map(([what, n]) => (
          <li key={what}>{t("purge.kind", { what, n })}</li>
        ))}
        {[...counts(changed)].map(([what, n]) => (
          <li key={what}>{t("purge.kind.part", { what, n })}</li>
        ))}
      </ul>
      <details>
        <summary>{t("purge.files")}</summary>
        <ul class="plan files-told">
          {[...deleted, ...changed].map(({ path }) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** Returns how many there are of each kind, by its words, in the order of the first of each. */
function counts(files: Taken[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { what } of files) {
    const words = named(`purge.what.${what}`, what);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}
