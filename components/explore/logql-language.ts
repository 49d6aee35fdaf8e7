import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { LRLanguage, syntaxTree } from "@codemirror/language";
import { type Diagnostic, linter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { parser } from "@grafana/lezer-logql";
import { styleTags, tags } from "@lezer/highlight";
import { z } from "zod";
import { logqlPlace } from "./logql-place.ts";

const FUNCTIONS =
  "rate count_over_time bytes_rate bytes_over_time sum_over_time avg_over_time max_over_time min_over_time quantile_over_time first_over_time last_over_time absent_over_time rate_counter sum avg max min count topk bottomk stddev stdvar sort sort_desc label_replace vector";
const STAGES =
  "json logfmt pattern regexp unpack line_format label_format unwrap decolorize drop keep detected_level";
const VALID = /^[a-zA-Z0-9_]*$/;
const LOOK_BACK_MS = 6 * 3_600_000;

const language = LRLanguage.define({
  name: "logql",
  parser: parser.configure({
    props: [
      styleTags({
        LineComment: tags.comment,
        String: tags.string,
        "Number Duration Bytes Range": tags.number,
        "Matcher/Identifier LabelName/Identifier Grouping/...": tags.labelName,
        Identifier: tags.labelName,
        "RangeOp/... VectorOp/... ConvOp/...": tags.function(tags.variableName),
        "Json Logfmt Unpack Pattern Regexp Unwrap LabelFormat LineFormat Decolorize Drop Keep": tags.keyword,
        "By Without On Ignoring GroupLeft GroupRight Bool Offset And Or Unless": tags.modifier,
        "Eq Neq Re Nre Npa PipeExact PipeMatch PipePattern Pipe": tags.operator,
        "( )": tags.paren,
        "{ }": tags.brace,
      }),
    ],
  }),
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"', "`"] } },
});

const Names = z.object({ data: z.array(z.string()).default([]) });

/** Names and values that Loki has had of late, each asked for once as long as the editor stands. */
function rememberingNames(signal: AbortSignal): (path: string) => Promise<string[]> {
  const known = new Map<string, Promise<string[]>>();
  const ask = async (path: string): Promise<string[]> => {
    const start = String((Date.now() - LOOK_BACK_MS) * 1e6);
    const response = await fetch(`/api/loki/loki/api/v1/${path}?start=${start}`, { signal });
    return response.ok ? Names.parse(await response.json()).data : [];
  };
  return (path) => {
    const asked = known.get(path) ?? ask(path).catch(() => []);
    known.set(path, asked);
    return asked;
  };
}

const options = (words: readonly string[], type: Completion["type"]): Completion[] =>
  words.map((label) => ({ label, type }));

function completeWith(names: (path: string) => Promise<string[]>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = logqlPlace(context.state.sliceDoc(0, context.pos));
    switch (place.kind) {
      case "label":
        return { from: place.from, options: options(await names("labels"), "property"), validFor: VALID };
      case "value": {
        const values = await names(`label/${place.label}/values`);
        const quote = (value: string) => (place.quoted ? value : JSON.stringify(value));
        return { from: place.from, options: options(values.map(quote), "text"), validFor: /^[^"]*$/ };
      }
      case "stage":
        return { from: place.from, options: options(STAGES.split(" "), "keyword"), validFor: VALID };
      case "function":
        if (place.from === context.pos && !context.explicit) return null;
        return { from: place.from, options: options(FUNCTIONS.split(" "), "function"), validFor: VALID };
      default:
        return null;
    }
  };
}

/** Where the grammar loses the thread; what Loki thinks of the query stands below the editor once it was run. */
const checked = linter((view) => {
  const found: Diagnostic[] = [];
  if (view.state.doc.toString().trim() === "") return found;
  syntaxTree(view.state).iterate({
    enter: ({ type, from, to }) => {
      if (!type.isError || found.length > 0) return;
      const end = Math.min(view.state.doc.length, Math.max(to, from + 1));
      found.push({
        from: Math.min(from, end),
        to: end,
        severity: "error",
        message: "LogQL expects something else here",
      });
    },
  });
  return found;
});

/** LogQL, completed with the labels of the streams that the viewer may see. */
export function logqlSupport(): { extension: Extension; close: () => void } {
  const closing = new AbortController();
  const autocomplete = completeWith(rememberingNames(closing.signal));
  return {
    extension: [language, language.data.of({ autocomplete }), checked],
    close: () => closing.abort(),
  };
}
