import rehypeSanitize, { type Options as Schema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import type { PluggableList, Processor } from "unified";

/** What our plugins see of a node of HTML. */
interface HtmlNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
}

/** HTML that somebody typed is text, and footnotes, whose ids would collide on a page, are as well. */
const NOT_READ = [
  "htmlFlow",
  "htmlText",
  "gfmFootnoteCall",
  "gfmFootnoteDefinition",
  "gfmPotentialFootnoteCall",
];

function withoutHtml(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: object[] };
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: NOT_READ } }];
}

/** What may come out of Markdown; everything else is dropped. */
const SCHEMA: Schema = {
  tagNames: [
    ...[
      "p",
      "br",
      "hr",
      "h2",
      "h3",
      "h4",
      "h5",
      "h6",
      "blockquote",
      "pre",
      "code",
      "em",
      "strong",
      "del",
      "a",
    ],
    ...["ul", "ol", "li", "input", "table", "thead", "tbody", "tr", "th", "td"],
  ],
  attributes: {
    a: ["href"],
    code: [["className", /^language-[\w-]{1,40}$/]],
    input: ["checked", ["disabled", true], ["type", "checkbox"]],
    li: [["className", "task-list-item"]],
    ol: ["start"],
    td: ["align"],
    th: ["align"],
    ul: [["className", "contains-task-list"]],
  },
  required: { input: { disabled: true, type: "checkbox" } },
  protocols: { href: ["http", "https", "mailto"] },
  strip: ["script"],
};

/** The address as a link may carry it: of the web, of mail, or a page of ours; null for everything else. */
function safeAddress(text: unknown): string | null {
  if (typeof text !== "string") return null;
  if (/^\/(?![/\\])/.test(text)) return text;
  const protocol = URL.parse(text)?.protocol;
  return protocol === "https:" || protocol === "http:" || protocol === "mailto:" ? text : null;
}

function walk(node: HtmlNode, change: (node: HtmlNode, inLink: boolean) => void, inLink = false): void {
  for (const child of node.children ?? []) {
    change(child, inLink);
    walk(child, change, inLink || child.tagName === "a");
  }
}

/** A picture would tell its host who reads, and when: it is a link until somebody opens it. */
function pictureAsLink(node: HtmlNode, inLink: boolean): void {
  if (node.tagName !== "img") return;
  const { src, alt } = node.properties ?? {};
  const words = typeof alt === "string" && alt !== "" ? alt : src;
  node.tagName = inLink ? "em" : "a";
  node.properties = inLink ? {} : { href: src };
  node.children = [{ type: "text", value: typeof words === "string" ? words : "picture" }];
}

/** The title of the page is above whatever is written on it. */
function lowerHeading(node: HtmlNode): void {
  const level = /^h([1-6])$/.exec(node.tagName ?? "")?.[1];
  if (level !== undefined) node.tagName = `h${Math.min(6, Number(level) + 1)}`;
}

function closeLink(node: HtmlNode): void {
  if (node.tagName !== "a") return;
  const href = safeAddress(node.properties?.href);
  const foreign = href !== null && !href.startsWith("/");
  node.properties = {
    ...(href === null ? {} : { href }),
    ...(foreign ? { rel: ["noopener", "noreferrer", "nofollow"], target: "_blank" } : {}),
  };
}

const shapeHtml = () => (tree: HtmlNode) =>
  walk(tree, (node, inLink) => {
    pictureAsLink(node, inLink);
    lowerHeading(node);
  });
const closeLinks = () => (tree: HtmlNode) => walk(tree, closeLink);

/** How Markdown is read, on pages and in exports: GitHub's, without HTML and footnotes. */
export const REMARK_PLUGINS: PluggableList = [remarkGfm, withoutHtml];
/** What becomes of it: no pictures, nothing that runs, links that give nothing away. */
export const REHYPE_PLUGINS: PluggableList = [shapeHtml, [rehypeSanitize, SCHEMA], closeLinks];
