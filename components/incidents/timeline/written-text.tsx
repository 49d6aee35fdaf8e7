import { clsx } from "clsx";
import { markdownHtml } from "#lib/domain/postmortems/markdown-html.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

/** Each line by itself: what is harmless in one line may stand in several. */
function harmlessLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(harmlessText)
    .join("\n");
}

/**
 * What people wrote, as Markdown: paragraphs, lists, code, emphasis and links of the web. HTML in it is text, and
 * nothing is loaded from anywhere: pictures stay the words that they were typed with.
 */
export function WrittenText({ text }: { text: string }) {
  return (
    <div
      className={clsx(
        "text-dim grid gap-2 break-words [unicode-bidi:isolate]",
        "[&_a]:text-accent [&_h3]:text-ink [&_strong]:text-ink [&_a]:underline [&_h3]:font-medium [&_strong]:font-medium",
        "[&_ol]:list-decimal [&_ol]:pl-5 [&_ul]:list-disc [&_ul]:pl-5",
        "[&_blockquote]:border-line [&_blockquote]:border-l-2 [&_blockquote]:pl-2.5",
        "[&_code]:text-small [&_pre]:text-small [&_code]:font-mono [&_pre]:overflow-x-auto [&_pre]:font-mono",
      )}
      dangerouslySetInnerHTML={{ __html: markdownHtml(harmlessLines(text)) }}
    />
  );
}

/** Text of others as it was written, line by line, without any meaning of its own. */
export function PlainText({ text }: { text: string }) {
  return (
    <p className="text-dim break-words whitespace-pre-wrap [unicode-bidi:isolate]">{harmlessLines(text)}</p>
  );
}
