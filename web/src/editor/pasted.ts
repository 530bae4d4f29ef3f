/**
 * What is pasted from Word, Outlook, LibreOffice or a web page, in the document's own kinds of
 * lines: lists, bold and italics, headings and tables stay, everything else goes.
 */

/** How Word marks a line of a list. */
const WORD_LIST = /mso-list:\s*l\d+\s+level(\d)/;
const INLINE = new Set(
  "A ABBR B BDO BR CITE CODE DEL EM FONT I INS MARK S SMALL SPAN STRONG SUB SUP U".split(" "),
);
const SKIPPED = new Set("HEAD LINK META SCRIPT STYLE TEMPLATE TITLE XML".split(" "));

/** Returns pasted HTML as HTML that the schema reads; our own is left as it is. */
export function cleaned(html: string): string {
  if (html.includes("data-pm-slice")) return html;
  const source = new DOMParser().parseFromString(html, "text/html");
  const pages = document.implementation.createHTMLDocument();
  const out = pages.body;
  new Cleaner(pages, out).blocks(source.body);
  return out.innerHTML;
}

/** Returns pasted text as HTML: a line that begins with a bullet or a number is one of a list. */
export function ofText(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const escaped = (line: string) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return lines
    .map((line) => {
      const bullet = /^\s*[-•·*–]\s+(.*)$/.exec(line)?.[1];
      if (bullet !== undefined) return `<ul><li>${escaped(bullet)}</li></ul>`;
      const [, number, entry] = /^\s*(\d{1,3})[.)]\s+(.*)$/.exec(line) ?? [];
      if (number !== undefined && entry !== undefined) {
        return `<ol start="${number}"><li>${escaped(entry)}</li></ol>`;
      }
      return `<p>${escaped(line.trim())}</p>`;
    })
    .join("");
}

/** The style of a stretch of text. */
interface Style {
  strong: boolean;
  emphasis: boolean;
}

const PLAIN: Style = { strong: false, emphasis: false };

class Cleaner {
  /** The numbered list that the next entry belongs to. */
  private list: HTMLElement | null = null;

  constructor(
    private readonly pages: Document,
    private readonly out: HTMLElement,
  ) {}

  /** Reads what stands in an element, as blocks. */
  blocks(parent: Element): void {
    let loose: ChildNode[] = [];
    const flush = () => {
      if (loose.length > 0) this.line("p", this.inline(loose));
      loose = [];
    };
    for (const child of [...parent.childNodes]) {
      const element = child instanceof Element || child.nodeType === 1 ? (child as Element) : null;
      if (!element || INLINE.has(element.tagName)) {
        // A wrapper of inline kind around blocks is looked through.
        if (element?.querySelector("p, ul, ol, table, h1, h2, h3, div")) {
          flush();
          this.blocks(element);
        } else if (child.nodeType === 3 || element) loose.push(child);
        continue;
      }
      flush();
      if (!SKIPPED.has(element.tagName)) this.block(element);
    }
    flush();
  }

  private block(element: Element): void {
    const level = /^H([1-6])$/.exec(element.tagName)?.[1];
    const wordLevel = WORD_LIST.exec(element.getAttribute("style") ?? "")?.[1];
    if (level !== undefined) return this.heading(Number(level), element);
    if (element.tagName === "UL" || element.tagName === "OL") {
      return this.items(element, element.tagName === "OL", 1);
    }
    if (element.tagName === "TABLE") return this.table(element);
    if (element.tagName === "HR") return this.add(this.pages.createElement("hr"));
    if (wordLevel !== undefined) return this.wordItem(element, Number(wordLevel));
    if (/\bMso(Title|Heading)/.test(element.className)) return this.heading(2, element);
    if (element.tagName === "P") return this.line("p", this.inline([...element.childNodes]));
    this.blocks(element);
  }

  private heading(level: number, element: Element): void {
    // What is bold in a heading is so by its style.
    const words = this.inline([...element.childNodes]).map((part) => part.textContent ?? "");
    // The title is the referat's own.
    const shown = Math.min(Math.max(level, 2), 5);
    const made = this.pages.createElement(`h${shown}`);
    made.dataset.level = String(shown);
    made.dataset.bold = "true";
    made.textContent = words.join("").trim();
    if (made.textContent) this.add(made);
  }

  /** The items of a list; a list within one is points beneath the line, or entries of their own. */
  private items(list: Element, ordered: boolean, depth: number): void {
    let number = Number(list.getAttribute("start") ?? "1") || 1;
    for (const item of [...list.children]) {
      if (item.tagName === "UL" || item.tagName === "OL") {
        this.items(item, item.tagName === "OL", depth + 1);
        continue;
      }
      if (item.tagName !== "LI") continue;
      const nested = [...item.querySelectorAll("ul, ol")].filter(
        (one) => one.parentElement?.closest("li") === item,
      );
      nested.forEach((one) => one.remove());
      const words = this.inline([item]);
      if (ordered && depth === 1) this.entry(String(number++), words);
      else this.bullet(depth, words);
      nested.forEach((one) => this.items(one, one.tagName === "OL", depth + 1));
    }
  }

  /** A paragraph that Word shows as an item: what it shows before the words tells of which kind. */
  private wordItem(element: Element, level: number): void {
    const copy = element.cloneNode(true) as Element;
    let mark = "";
    for (const span of copy.querySelectorAll("[style*='mso-list']")) {
      if (!/mso-list:\s*Ignore/i.test(span.getAttribute("style") ?? "")) continue;
      mark += span.textContent ?? "";
      span.remove();
    }
    const number = /^\s*(\d{1,3})[.)]/.exec(mark)?.[1];
    const words = this.inline([...copy.childNodes]);
    if (number !== undefined && level === 1) this.entry(number, words);
    else this.bullet(level, words);
  }

  private bullet(depth: number, words: Node[]): void {
    const before = this.out.lastElementChild;
    if (depth > 1 && before?.className === "statement") {
      const point = this.pages.createElement("p");
      point.className = "point";
      point.dataset.depth = String(depth - 1);
      point.append(...words);
      before.append(point);
      return;
    }
    const statement = this.pages.createElement("div");
    statement.className = "statement";
    const line = this.pages.createElement("p");
    line.className = "line";
    line.append(...words);
    statement.append(line);
    this.add(statement);
  }

  private entry(number: string, words: Node[]): void {
    const before = this.list;
    const list = before ?? this.pages.createElement("ol");
    const entry = this.pages.createElement("li");
    entry.dataset.number = number;
    entry.append(...words);
    list.append(entry);
    if (!before) this.add(list);
    this.list = list;
  }

  private table(table: Element): void {
    const made = this.pages.createElement("table");
    const rows = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
    const width = Math.max(...rows.map((row) => row.children.length), 1);
    rows.forEach((row, index) => {
      const line = this.pages.createElement("tr");
      line.dataset.head = String(index === 0);
      for (let n = 0; n < width; n++) {
        const cell = this.pages.createElement("td");
        const from = row.children[n];
        if (from) cell.append(...this.cell(from));
        line.append(cell);
      }
      made.append(line);
    });
    if (rows.length > 0) this.add(made);
  }

  /** The paragraphs of a cell, with breaks between them; the head is bold by its style. */
  private cell(cell: Element): Node[] {
    const inner = [...cell.querySelectorAll("p, li, div")].filter((one) => !one.querySelector("p"));
    const parts = inner.length > 0 ? inner : [cell];
    return parts.flatMap((part, index) => {
      const words = this.inline([...part.childNodes]);
      return index > 0 && words.length > 0 ? [this.pages.createElement("br"), ...words] : words;
    });
  }

  private line(tag: string, words: Node[]): void {
    if (words.length === 0) return;
    const made = this.pages.createElement(tag);
    made.append(...words);
    this.add(made);
  }

  private add(block: HTMLElement): void {
    this.list = null;
    this.out.append(block);
  }

  /** The words of nodes in their styles, blanks as in a line of text. */
  private inline(nodes: Node[]): Node[] {
    const out: Node[] = [];
    let text = "";
    for (const { words, style } of nodes.flatMap((one) => this.runs(one, PLAIN))) {
      if (words === "\n") {
        out.push(this.pages.createElement("br"));
        text = "";
        continue;
      }
      let shown = words.replace(/[\s\u00a0]+/g, " ");
      if (text === "" || text.endsWith(" ")) shown = shown.trimStart();
      if (shown === "") continue;
      text += shown;
      let made: Node = this.pages.createTextNode(shown);
      for (const [on, tag] of [
        [style.emphasis, "em"],
        [style.strong, "strong"],
      ] as const) {
        if (!on) continue;
        const wrapper = this.pages.createElement(tag);
        wrapper.append(made);
        made = wrapper;
      }
      out.push(made);
    }
    return trimmed(out);
  }

  private runs(from: Node, style: Style): { words: string; style: Style }[] {
    if (from.nodeType === 3) return [{ words: from.nodeValue ?? "", style }];
    if (from.nodeType !== 1) return [];
    const element = from as HTMLElement;
    if (SKIPPED.has(element.tagName)) return [];
    if (element.tagName === "BR") return [{ words: "\n", style }];
    // The page's policy keeps styles from being applied, here too: they are read as they stand.
    const declared = element.getAttribute("style") ?? "";
    const weight = /font-weight:\s*(\w+)/.exec(declared)?.[1] ?? "";
    const slant = /font-style:\s*(\w+)/.exec(declared)?.[1] ?? "";
    const heavy = weight === "bold" || Number(weight) >= 600;
    const light = weight === "normal" || Number(weight || 900) < 600;
    const now = {
      strong: !light && (style.strong || heavy || /^(B|STRONG)$/.test(element.tagName)),
      emphasis:
        slant !== "normal" &&
        (style.emphasis || slant === "italic" || /^(I|EM)$/.test(element.tagName)),
    };
    return [...element.childNodes].flatMap((one) => this.runs(one, now));
  }
}

/** Returns the parts without breaks and blanks at either end. */
function trimmed(parts: Node[]): Node[] {
  const isBreak = (part: Node | undefined) => part?.nodeName === "BR";
  const out = [...parts];
  while (isBreak(out[0])) out.shift();
  while (isBreak(out.at(-1))) out.pop();
  let last: Node | null | undefined = out.at(-1);
  while (last?.lastChild) last = last.lastChild;
  if (last) last.nodeValue = (last.nodeValue ?? "").trimEnd();
  return out.some((part) => isBreak(part) || part.textContent !== "") ? out : [];
}
