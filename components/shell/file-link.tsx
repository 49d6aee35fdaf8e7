import { Download } from "lucide-react";

/** A link that has what is shown downloaded as a file of a format. */
export function FileLink({ href, format }: { href: string; format: string }) {
  return (
    <a
      href={href}
      download=""
      className="rounded-control border-line text-dim hover:border-line-strong hover:text-ink inline-flex h-7.5 items-center gap-1.5 border px-2.5 max-sm:h-10"
    >
      <Download size={14} aria-hidden="true" />
      <span>
        <span className="sr-only">Export as </span>
        {format.toUpperCase()}
      </span>
    </a>
  );
}
