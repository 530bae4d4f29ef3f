/** Which page is shown: the address, and going elsewhere without loading anew. */
import { signal } from "@preact/signals";

export type Route = { page: "start" } | { page: "new" } | { page: "meeting"; id: string };

function read(): Route {
  const id = /^\/m\/([^/]+)/.exec(location.pathname)?.[1];
  if (id) return { page: "meeting", id: decodeURIComponent(id) };
  return location.hash === "#new" ? { page: "new" } : { page: "start" };
}

export const route = signal<Route>(read());

addEventListener("popstate", () => (route.value = read()));
addEventListener("hashchange", () => (route.value = read()));

export const meetingPath = (id: string) => `/m/${encodeURIComponent(id)}`;

/** Goes to a page of our own. */
export function go(path: string): void {
  history.pushState(null, "", path);
  route.value = read();
  scrollTo(0, 0);
}

/** For links: goes there without loading, unless a new tab was asked for. */
export function follow(event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go((event.currentTarget as HTMLAnchorElement).getAttribute("href") ?? "/");
}
