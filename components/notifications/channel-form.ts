import type { FieldErrors } from "react-hook-form";
import type { z } from "zod";
import { type ChannelKind, settingsOf } from "#lib/contracts/notifications.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { visibleText } from "#lib/contracts/text.ts";
import { CHANNEL_WORDS } from "./channel-words.ts";

/** What the form holds: all text, by the kind's own fields. */
export interface ChannelForm {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  config: Record<string, string>;
  secret: Record<string, string>;
}

/** Fields that hold a list, with commas between. */
const LISTS: ReadonlySet<string> = new Set(["to"]);

function part(form: ChannelForm, wanted: "config" | "secret"): Record<string, unknown> {
  const fields = CHANNEL_WORDS[form.kind].fields.filter((field) => field.part === wanted);
  const typed = fields.map(({ name }) => [name, (form[wanted][name] ?? "").trim()] as const);
  const kept = typed.filter(([, text]) => text !== "");
  return Object.fromEntries(
    kept.map(([name, text]) => [
      name,
      LISTS.has(name)
        ? text
            .split(",")
            .map((one) => one.trim())
            .filter(Boolean)
        : text,
    ]),
  );
}

/** The settings that a form says. A secret of which nothing was typed is left out: the one that is set stays. */
export function settingsIn(form: ChannelForm): {
  config: Record<string, unknown>;
  secret?: Record<string, unknown>;
} {
  const secret = part(form, "secret");
  return { config: part(form, "config"), ...(Object.keys(secret).length > 0 && { secret }) };
}

/** What is wrong with each field. */
export function errorsIn(form: ChannelForm, isNew: boolean): FieldErrors<ChannelForm> {
  const { config, secret } = settingsIn(form);
  const schemas = settingsOf(form.kind);
  const messages = (checked: { error?: z.ZodError }) =>
    Object.fromEntries(
      (checked.error?.issues ?? []).map(({ path, message, code }) => [
        String(path[0]),
        { type: "validate", message: code === "invalid_type" ? "is needed" : message },
      ]),
    );
  const configErrors = messages(schemas.config.safeParse(config));
  const secretErrors = isNew || secret ? messages(schemas.secret.safeParse(secret ?? {})) : {};
  const name = visibleText(60).safeParse(form.name);
  return {
    ...(name.success ? {} : { name: { type: "validate", message: "is needed" } }),
    ...(Object.keys(configErrors).length > 0 && { config: configErrors }),
    ...(Object.keys(secretErrors).length > 0 && { secret: secretErrors }),
  };
}

type FieldPath = "name" | `config.${string}` | `secret.${string}`;

function fieldOf(path: string): FieldPath | null {
  const [head, field] = path.split(".");
  if (head === "name") return head;
  return (head === "config" || head === "secret") && field !== undefined ? `${head}.${field}` : null;
}

/** The refusals of the server that name a field of the form. */
export function fieldsNamed(problem: Problem): { path: FieldPath; message: string }[] {
  return (problem.errors ?? []).flatMap(({ path, message }) => {
    const field = fieldOf(path);
    return field === null ? [] : [{ path: field, message }];
  });
}
