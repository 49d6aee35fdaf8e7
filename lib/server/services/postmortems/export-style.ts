import "server-only";
import { createHash } from "node:crypto";

/** The whole of the page's style; its policy names the hash. */
export const EXPORT_STYLE = `
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 44rem; padding: 0 1rem; color: #18181b; background: #fff;
  font: 15px/1.55 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; border-bottom: 1px solid #d4d4d8; }
h3, h4, h5, h6 { font-size: 1rem; margin: 1rem 0 .3rem; } p { white-space: pre-line; }
table { border-collapse: collapse; } td, th { border: 1px solid #d4d4d8; padding: .2rem .5rem; text-align: left; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0; }
dt { color: #52525b; } dd { margin: 0; }
figure { margin: 1rem 0; break-inside: avoid; } figure > svg { width: 100%; height: auto; }
figcaption { color: #3f3f46; font-size: .85rem; } figcaption ul { padding: 0; list-style: none; margin: .2rem 0; }
pre, code { font: .9em/1.5 ui-monospace, monospace; } pre { white-space: pre-wrap; background: #f4f4f5; padding: .6rem; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid #d4d4d8; color: #3f3f46; }
.empty { color: #71717a; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } li, dd { orphans: 3; widows: 3; }
  a:not(.plain)[href^="http"]::after { content: " (" attr(href) ")"; color: #52525b; font-size: .85em; } }
`;

const STYLE_HASH = createHash("sha256").update(EXPORT_STYLE).digest("base64");

/** What the exported page may do: be styled by its own style, and nothing else. */
export const EXPORT_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
