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

/** What a purge is for stands first. */
const FIRST = ["recording", "transcript", "voices"];

/** Returns how many there are of each kind, by its words. */
function counts(files: Taken[]): Map<string, number> {
  const counts = new Map<string, number>();
  const rank = ({ what }: Taken) => (FIRST.indexOf(what) + FIRST.length + 1) % (FIRST.length + 1);
  for (const { what } of [...files].sort((a, b) => rank(a) - rank(b))) {
    const words = named(`purge.what.${what}`, what);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}
