/** What the server refused, in the words of the interface. */
import { Away, Refused } from "./api/client";
import { show } from "./live";
import { named, t } from "./words";

/** Returns what went wrong, in words. */
export function wording(error: unknown): string {
  if (error instanceof Away) return t("error.away");
  if (error instanceof Refused) {
    return named(`error.${error.code}`, t("error.other", { message: error.message }));
  }
  return t("error.other", { message: String(error) });
}

/** Runs something and tells when it did not come about. Returns whether it did. */
export async function attempt(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    show({ text: wording(error), bad: true });
    return false;
  }
}
