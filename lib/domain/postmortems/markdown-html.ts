const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML that shows it and does nothing else, inside tags and quoted attributes alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

/** An http(s) address; null for any other, which could run something. */
function webAddress(text: string): string | null {
  const url = URL.parse(text);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}

/** Code, a link, strong, emphasis, one escaped character, or a bare address: whichever comes first. */
const INLINE =
  /`([^`\n]+)`|\[([^[\]\n]*)\]\(([^()\s]+)\)|\*\*([^*\n]+)\*\*|(?<![\w*])\*([^*\s][^*\n]*)\*(?!\w)|\\([\\`*_[\]<>#|~!&.)+-])|https?:\/\/[^\s<>()[\]`"'*]*[^\s<>()[\]`"'*.,;:!?]/g;

/** One line of Markdown as HTML; whatever is none of the forms above stays as it was typed. */
export function inlineHtml(text: string): string {
  let html = "";
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, label, address, strong, emphasis, escaped] = match;
    html += escapeHtml(text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (strong !== undefined) html += `<strong>${inlineHtml(strong)}</strong>`;
    else if (emphasis !== undefined) html += `<em>${inlineHtml(emphasis)}</em>`;
    else if (escaped !== undefined) html += escapeHtml(escaped);
    else html += linkHtml(whole, label ?? "", address ?? whole);
  }
  return html + escapeHtml(text.slice(end));
}

function linkHtml(whole: string, label: string, address: string): string {
  const href = webAddress(address);
  if (href === null) return escapeHtml(whole);
  return `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow">${inlineHtml(label) || escapeHtml(href)}</a>`;
}

type Block =
  { kind: "p" | "ul" | "ol" | "quote" | "pre"; lines: string[] } | { kind: "heading"; text: string };

const KINDS = [
  { kind: "ul", begins: /^\s*[-*+] +(?=\S)/ },
  { kind: "ol", begins: /^\s*\d{1,3}[.)] +(?=\S)/ },
  { kind: "quote", begins: /^> ?/ },
] as const;

function lineOf(line: string): { kind: "p" | "ul" | "ol" | "quote"; text: string } {
  const found = KINDS.find(({ begins }) => begins.test(line));
  return found ? { kind: found.kind, text: line.replace(found.begins, "") } : { kind: "p", text: line };
}

/** Reads lines into blocks; a fence that is never closed reaches to the end. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: Extract<Block, { lines: string[] }> | null = null;
  const add = (kind: Extract<Block, { lines: string[] }>["kind"], text: string) => {
    if (open?.kind === kind) open.lines.push(text);
    else blocks.push((open = { kind, lines: [text] }));
  };
  let fenced = false;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const heading = /^#{1,6} +(.+)$/.exec(line)?.[1];
    if (/^```/.test(line)) {
      fenced = !fenced;
      open = null;
    } else if (fenced) add("pre", line);
    else if (line.trim() === "") open = null;
    else if (heading !== undefined) {
      blocks.push({ kind: "heading", text: heading });
      open = null;
    } else {
      const { kind, text } = lineOf(line);
      add(kind, text);
    }
  }
  return blocks;
}

function blockHtml(block: Block): string {
  if (block.kind === "heading") return `<h3>${inlineHtml(block.text)}</h3>`;
  const { kind, lines } = block;
  switch (kind) {
    case "ul":
    case "ol":
      return `<${kind}>${lines.map((line) => `<li>${inlineHtml(line)}</li>`).join("")}</${kind}>`;
    case "quote":
      return `<blockquote>${lines.map(inlineHtml).join("<br>")}</blockquote>`;
    case "pre":
      return `<pre>${escapeHtml(lines.join("\n"))}</pre>`;
    case "p":
      return `<p>${lines.map(inlineHtml).join("<br>")}</p>`;
  }
}

/**
 * Markdown as HTML: paragraphs, headings, lists, quotes, code, emphasis and http(s) links, and nothing else. HTML in it
 * is text, other addresses stay as they were typed: there is nothing that a sanitiser would have to take out again.
 */
export function markdownHtml(markdown: string): string {
  return blocksOf(markdown).map(blockHtml).join("\n");
}
