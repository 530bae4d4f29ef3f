/** A voice and what tells whose it is, in words. */
import type { VoiceHint } from "../api/wire";
import { clock } from "../time";
import { t } from "../words";

/** Returns how a voice is called that has no name. */
export function label(voice: string): string {
  const number = /^v(\d+)$/.exec(voice)?.[1];
  return number ? t("voice.numbered", { n: number }) : voice;
}

/** Returns a reason in words. */
export function reason({ kind, quote, at_ms, for: supports }: VoiceHint): string {
  const words = t(`hint.${kind}`) + (quote ? `: “${quote}”` : "");
  const told = quote ? `${words} (${clock(at_ms)})` : words;
  return supports ? told : t("hint.against", { reason: told });
}
