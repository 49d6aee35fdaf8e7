import { clsx } from "clsx";
import { lazy, Suspense } from "react";
import { harmlessLines } from "#lib/format/harmless-text.ts";
import { isIntricate } from "#lib/format/intricate-markdown.ts";
import type { FenceRenderer } from "./markdown-content.tsx";

// The only way to the library: it must stay out of every page's first load.
const Content = lazy(() =>
  import("./markdown-content.tsx").then(({ MarkdownContent }) => ({ default: MarkdownContent })),
);

// What is drawn in place of a fence is a section with a look of its own.
const LOOK = clsx(
  "grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 break-words [unicode-bidi:isolate] [&_p]:whitespace-pre-line",
  "[&_a]:text-accent [&_a]:underline [&_:is(h2,h3,h4,h5,h6,strong):not(section_*)]:text-ink [&_:is(h2,h3,h4,h5,h6,strong)]:font-medium",
  "[&_:is(ol,ul,li)]:grid-cols-[minmax(0,1fr)] [&_:is(ol,ul)]:grid [&_:is(ol,ul)]:gap-1 [&_:is(ol,ul)]:pl-5 [&_ol]:list-decimal [&_ul]:list-disc",
  "[&_:is(h2,h3):not(section_*)]:text-lead [&_:is(h2,h3):not(section_*)]:mt-2 [&_:is(h2,h3):first-child]:mt-0",
  "[&_li>:is(p,pre,ul,ol,section)]:mt-1 [&_.contains-task-list]:list-none [&_.contains-task-list]:pl-0",
  "[&_blockquote]:border-line [&_blockquote]:border-l-2 [&_blockquote]:pl-2.5 [&_hr]:border-line-soft",
  "[&_:is(code,pre)]:text-small [&_code]:font-mono [&_pre]:overflow-x-auto [&_pre]:font-mono",
  "[&_:is(td,th):not(section_*)]:border-line-soft [&_:is(td,th):not(section_*)]:border [&_:is(td,th):not(section_*)]:px-2 [&_:is(td,th):not(section_*)]:py-1 [&_th:not(section_*)]:text-left [&_th:not(section_*)]:font-medium",
);

/** Text as it was typed, line by line, without any meaning of its own. */
export function TypedText({ text }: { text: string }) {
  return <p className="break-words whitespace-pre-wrap [unicode-bidi:isolate]">{harmlessLines(text)}</p>;
}

interface MarkdownProps {
  text: string;
  renderFence?: FenceRenderer;
  className?: string;
}

/**
 * What people wrote, as Markdown. HTML in it is text, pictures are links, and nothing in it runs or is loaded; a text
 * that would take long to read is shown as it was typed, as it is until the library is there.
 */
export function Markdown({ text, renderFence, className }: MarkdownProps) {
  const shown = harmlessLines(text);
  const typed = <TypedText text={text} />;
  return (
    <div className={clsx(LOOK, className)}>
      {isIntricate(shown) ? (
        typed
      ) : (
        <Suspense fallback={typed}>
          <Content text={shown} renderFence={renderFence} />
        </Suspense>
      )}
    </div>
  );
}
