/**
 * What was typed and not saved yet, kept in the browser: a reload, or a browser that falls over
 * while the server is away, loses nothing.
 */
import type { Block } from "../document/block";

export interface Backup {
  /** The revision that the text was typed on. */
  base: string;
  /** The blocks at that revision. */
  agreed: Block[];
  blocks: Block[];
  /** When it was kept (ms since 1970). */
  at: number;
}

const STORE = "unsaved";

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("referat", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no database"));
  });
}

async function run<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    });
  } finally {
    db.close();
  }
}

/** A name for this tab that a reload keeps. */
function tab(): string {
  const kept = sessionStorage.getItem("referat-tab");
  if (kept) return kept;
  const made = crypto.randomUUID();
  sessionStorage.setItem("referat-tab", made);
  return made;
}

/** The place where one tab keeps one document. */
export class BackupPlace {
  private readonly prefix: string;
  private readonly key: string;
  private released: (() => void) | undefined;

  constructor(meeting: string, part: string) {
    this.prefix = `${meeting}/${part}/`;
    this.key = this.prefix + tab();
    // As long as the tab lives it holds a lock by this name; see `left`.
    void navigator.locks?.request(
      this.key,
      { ifAvailable: true },
      () => new Promise<void>((resolve) => (this.released = resolve)),
    );
  }

  keep(backup: Backup): Promise<unknown> {
    return run("readwrite", (store) => store.put(backup, this.key));
  }

  clear(): Promise<unknown> {
    return run("readwrite", (store) => store.delete(this.key));
  }

  /** Takes what this tab, or a tab that is gone, had left unsaved; the oldest first. */
  async left(): Promise<Backup[]> {
    const keys = await run("readonly", (store) => store.getAllKeys());
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
    const mine = keys
      .map(String)
      .filter((key) => key.startsWith(this.prefix) && (key === this.key || !held.has(key)));
    const found = await Promise.all(
      mine.map((key) => run("readonly", (store) => store.get(key) as IDBRequest<Backup>)),
    );
    return found.filter((one) => one !== undefined).sort((a, b) => a.at - b.at);
  }

  /** Removes what `left` gave, once it is saved. */
  async settled(): Promise<void> {
    const keys = await run("readonly", (store) => store.getAllKeys());
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
    for (const key of keys.map(String)) {
      if (key.startsWith(this.prefix) && (key === this.key || !held.has(key))) {
        await run("readwrite", (store) => store.delete(key));
      }
    }
  }

  release(): void {
    this.released?.();
  }
}
