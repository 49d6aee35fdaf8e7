"use client";

import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import type { Language } from "#lib/client/explore-view.ts";
import { editorLook, queryColours } from "./editor-look.ts";
import { logqlSupport } from "./logql-language.ts";
import { promqlSupport } from "./promql-language.ts";

const SUPPORT: Record<Language, () => { extension: Extension; close: () => void }> = {
  promql: promqlSupport,
  logql: logqlSupport,
};
const LABELS: Record<Language, string> = { promql: "Query in PromQL", logql: "Query in LogQL" };
const EXAMPLES: Record<Language, string> = {
  promql: "sum by (service) (rate(http_requests_total[5m]))",
  logql: '{service="checkout"} |= "error"',
};

export interface QueryEditorProps {
  lang: Language;
  text: string;
  /** The element that tells how to run, and how to leave. */
  describedBy: string;
  onText: (text: string) => void;
  onRun: () => void;
}

/** The style elements that CodeMirror adds need the page's nonce; app/layout.tsx keeps it for such libraries. */
function styleNonce(): string {
  return (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ ?? "";
}

/** With something on offer Tab never leaves, also in the instant before it can be taken. */
function takeCompletion(view: EditorView): boolean {
  return acceptCompletion(view) || completionStatus(view.state) === "active";
}

/** A query as text, coloured and completed from what the source has. Mount it anew for another language. */
export function QueryEditor({ lang, text, describedBy, onText, onRun }: QueryEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const change = useEffectEvent(onText);
  const run = useEffectEvent(onRun);
  const begin = useEffectEvent((parent: HTMLElement, extension: Extension) => {
    // What is on offer would lie over the answer.
    const runs = { key: "Mod-Enter", run: (asked: EditorView) => (closeCompletion(asked), run(), true) };
    return new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          keymap.of([
            runs,
            { key: "Tab", run: takeCompletion },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          history(),
          drawSelection(),
          closeBrackets(),
          bracketMatching(),
          autocompletion({ icons: false }),
          extension,
          syntaxHighlighting(queryColours),
          editorLook,
          placeholder(EXAMPLES[lang]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            "aria-label": LABELS[lang],
            "aria-describedby": describedBy,
            spellcheck: "false",
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString());
          }),
        ],
      }),
    });
  });

  useEffect(() => {
    if (!place.current) return;
    const { extension, close } = SUPPORT[lang]();
    const editor = begin(place.current, extension);
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
      close();
    };
  }, [lang]);

  // What came from elsewhere, as from the history: what was typed is there already.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  return (
    <div
      ref={place}
      className="rounded-control border-line-strong outline-accent overflow-hidden border outline-offset-1 focus-within:outline-2"
    />
  );
}
