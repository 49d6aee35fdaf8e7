import "server-only";

const HIDDEN = "[redacted]";

/** Names of fields that hold a secret, wherever they stand. */
const SECRET_NAME =
  /cookie|authorization|passw(or)?d|secret|bearer|basicauth|credential|databaseurl|api-?key|^(x-)?(access|refresh|id|session|csrf)?-?_?token$/i;

/** Secrets inside of text, each with what stays of it. */
const SECRET_TEXTS: readonly [RegExp, string][] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/\bbl_[A-Za-z0-9_-]{6,}/g, `bl_${HIDDEN}`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  // Credentials of an address, up to the last @ before its path.
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"']*@/gi, `$1${HIDDEN}@`],
  // Assignments, as in a form, an address or JSON.
  [/\b([\w.-]{0,40}(?:passw(?:or)?d|secret|token)["']?\s*[=:]\s*["']?)[^\s&;,"'#)}]+/gi, `$1${HIDDEN}`],
  // Words that are also common in messages, as parameters and JSON members only.
  [/((?:[?&](?:code|state|otp)=|"(?:code|otp)"\s*:\s*"))[^\s&"#]+/gi, `$1${HIDDEN}`],
  [/\b((?:set-)?cookie|authorization)(\s*[:=]\s*)[^\r\n]+/gi, `$1$2${HIDDEN}`],
];

function redactText(text: string): string {
  return SECRET_TEXTS.reduce((left, [pattern, kept]) => left.replace(pattern, kept), text);
}

/** An error's own code tells what failed; any other "code" is one that somebody was to type in. */
function isSecret(name: string, holder: object): boolean {
  if (name === "code") return !("stack" in holder);
  return SECRET_NAME.test(name);
}

function redact(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      isSecret(name, value) && part !== null && part !== undefined ? HIDDEN : redact(part),
    ]),
  );
}

/** A line of the log without secrets: by the name of a field at any depth, and by its look inside of any text. */
export function redactLine(line: string): string {
  return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
}
