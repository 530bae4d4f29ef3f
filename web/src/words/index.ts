/** The words of the interface. All of them stand in `da.json` and `en.json`. */
import { computed, signal } from "@preact/signals";
import da from "./da.json";
import en from "./en.json";

export type Key = keyof typeof da;
export type Locale = "da" | "en";

const tables: Record<Locale, Record<Key, string>> = { da, en };
const KEPT = "referat-language";

/** The language of the interface; Danish unless English was chosen. */
export const locale = signal<Locale>(localStorage.getItem(KEPT) === "en" ? "en" : "da");

export function choose(chosen: Locale): void {
  locale.value = chosen;
  localStorage.setItem(KEPT, chosen);
  document.documentElement.lang = chosen;
}

/** Returns the words for `key`, with `{name}` filled in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return (tables[locale.value][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** What there may be one or many of. */
type Counted = { [K in Key]: K extends `${infer Base}.many` ? Base : never }[Key];

/** Returns the words for so many of something. */
export function counted(key: Counted, n: number, values: Record<string, string> = {}): string {
  return t(`${key}.${n === 1 ? "one" : "many"}` as Key, { ...values, n });
}

/** Like `t` for a name that may not be among the words; then `otherwise`. */
export function named(key: string, otherwise: string): string {
  return key in tables.da ? t(key as Key) : otherwise;
}

const dates = computed(() => ({
  day: new Intl.DateTimeFormat(locale.value === "da" ? "da-DK" : "en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  }),
  moment: new Intl.DateTimeFormat(locale.value === "da" ? "da-DK" : "en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }),
}));

/** Returns a file's size in words. */
export function size(bytes: number): string {
  const language = locale.value === "da" ? "da-DK" : "en-GB";
  const giga = bytes >= 1e9;
  const value = bytes / (giga ? 1e9 : 1e6);
  const digits = giga ? 1 : 0;
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${giga ? "GB" : "MB"}`;
}

/** Returns an ISO date in words. */
export function day(iso: string): string {
  const date = new Date(`${iso}T12:00:00`);
  return Number.isNaN(date.getTime()) ? iso : dates.value.day.format(date);
}

/** Returns a moment (RFC 3339) in words. */
export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : dates.value.moment.format(date);
}

/** Returns a length of time in words: hours and minutes, below a minute seconds. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 60_000) return t("time.seconds", { n: Math.max(1, Math.round(ms / 1000)) });
  if (minutes < 60) return t("time.minutes", { n: minutes });
  return t("time.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}
