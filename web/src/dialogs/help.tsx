/** The keys, and what they do. */
import { WRITING } from "../editor/tools";
import { BINDINGS } from "../meeting/keys";
import { t } from "../words";
import { Dialog } from "./dialog";

export function HelpDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={t("help.title")} onClose={onClose}>
      <table class="keys">
        <tbody>
          {WRITING.map(({ name, chords }) => (
            <tr key={name}>
              <th scope="row">
                {chords.map((chord) => (
                  <kbd key={chord}>{chord}</kbd>
                ))}
              </th>
              <td>{t(`tool.${name}`)}</td>
            </tr>
          ))}
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
      <p>{t("help.markdown")}</p>
      <p>{t("help.boundary")}</p>
      <p>{t("help.pedal")}</p>
    </Dialog>
  );
}
