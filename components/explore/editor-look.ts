import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor in the page's own tokens, so that dark and light are as everywhere else. */
export const editorLook = EditorView.theme({
  "&": { fontSize: "13px", color: "var(--ink)", backgroundColor: "var(--panel)" },
  // What stands around it shows the focus: here it would be cut off.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-geist-mono), ui-monospace, monospace", lineHeight: "1.6" },
  ".cm-content": { padding: "8px 0", minHeight: "78px", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 10px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-placeholder": { color: "var(--faint)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 28%, transparent) !important",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)",
    outline: "1px solid var(--line-strong)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { color: "var(--critical)", backgroundColor: "transparent" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--critical)",
    textUnderlineOffset: "4px",
  },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--panel)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius-control)",
    boxShadow: "var(--shadow-overlay)",
    zIndex: "40",
    maxWidth: "calc(100vw - 16px)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font-geist-mono), ui-monospace, monospace",
    fontSize: "12px",
    maxHeight: "16em",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    color: "var(--accent-ink)",
    background: "var(--accent)",
  },
  ".cm-completionDetail": { color: "var(--dim)", fontStyle: "normal", marginLeft: "1em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionInfo": { padding: "6px 10px", maxWidth: "28em" },
  ".cm-diagnostic": { padding: "4px 10px", borderLeft: "3px solid var(--critical)" },
});

/** Colours of the parts of a query; each differs from its neighbours in brightness, too. */
export const queryColours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
  { tag: tags.string, color: "var(--s3)" },
  { tag: tags.number, color: "var(--s5)" },
  { tag: tags.labelName, color: "var(--s4)" },
  { tag: tags.variableName, color: "var(--ink)" },
  { tag: [tags.function(tags.variableName), tags.operatorKeyword], color: "var(--s1)", fontWeight: "600" },
  { tag: [tags.modifier, tags.logicOperator, tags.keyword], color: "var(--s7)" },
  {
    tag: [tags.operator, tags.arithmeticOperator, tags.paren, tags.squareBracket, tags.brace],
    color: "var(--dim)",
  },
]);
