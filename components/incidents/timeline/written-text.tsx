import { webAddress } from "#lib/client/web-address.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

/** What ends a sentence is no part of the address before it. */
const ADDRESS = /(https?:\/\/[^\s<>"'`)\]}]*[^\s<>"'`)\]}.,;:!?])/g;

/** What people wrote, as text: lines stay lines, and addresses of the web become links. Nothing in it is loaded. */
export function WrittenText({ text }: { text: string }) {
  return (
    <div className="text-dim grid gap-2 break-words [unicode-bidi:isolate]">
      {text.split(/\r?\n\s*\r?\n/).map((paragraph, index) => (
        <p key={index} className="whitespace-pre-wrap">
          {paragraph.split(/\r?\n/).map((line, i) => (
            <Line key={i} text={line} first={i === 0} />
          ))}
        </p>
      ))}
    </div>
  );
}

function Line({ text, first }: { text: string; first: boolean }) {
  const parts = text.split(ADDRESS);
  return (
    <>
      {!first && <br />}
      {parts.map((part, i) => {
        const address = i % 2 === 1 ? webAddress(part) : null;
        if (address === null) return harmlessText(part);
        return (
          <a
            key={i}
            href={address}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-accent rounded-chip underline"
          >
            {harmlessText(part)}
          </a>
        );
      })}
    </>
  );
}
