import type { ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { REHYPE_PLUGINS, REMARK_PLUGINS } from "#lib/format/markdown-plugins.ts";

/** Draws a fenced block of code by its language; null leaves it as code. */
export type FenceRenderer = (language: string, code: string) => ReactNode | null;

type Pre = Exclude<Components["pre"], keyof React.JSX.IntrinsicElements | undefined>;
type PreNode = Parameters<Extract<Pre, (props: never) => unknown>>[0]["node"];

/** The language and the text of a fenced block. */
function fenceOf(node: PreNode): { language: string; code: string } | null {
  const [code] = node?.children ?? [];
  if (code?.type !== "element" || code.tagName !== "code") return null;
  const names = code.properties.className;
  const name = Array.isArray(names) ? String(names[0]) : "";
  const [text] = code.children;
  return { language: name.replace(/^language-/, ""), code: text?.type === "text" ? text.value : "" };
}

function componentsOf(renderFence: FenceRenderer | undefined): Components {
  return {
    table: ({ node: _, ...props }) => (
      <div tabIndex={0} role="group" aria-label="Table" className="overflow-x-auto">
        <table {...props} />
      </div>
    ),
    pre: ({ node, ...props }) => {
      const fence = fenceOf(node);
      return (fence && renderFence?.(fence.language, fence.code)) ?? <pre tabIndex={0} {...props} />;
    },
  };
}

/** The library's part of {@link Markdown}, which loads it when it is needed. */
export function MarkdownContent({ text, renderFence }: { text: string; renderFence?: FenceRenderer }) {
  return (
    <ReactMarkdown
      remarkPlugins={REMARK_PLUGINS}
      rehypePlugins={REHYPE_PLUGINS}
      components={componentsOf(renderFence)}
    >
      {text}
    </ReactMarkdown>
  );
}
