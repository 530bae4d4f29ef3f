/** The keys, and what they do. */
import { BINDINGS } from "../meeting/keys";
import { t } from "../words";
import { Dialog } from "./dialog";

export function HelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={t("help.title")} onClose={onClose}>
      <table class="keys">
        <tbody>
          {BINDINGS.map(({ chords, words }) => (
            <tr key={words}>
              <th scope="row">
                {chords.map((chord) => (
                  <kbd key={chord}>{chord}</kbd>
                ))}
              </th>
              <td>{t(words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("help.boundary")}</p>
      <p>{t("help.pedal")}</p>
    </Dialog>
  );
}
