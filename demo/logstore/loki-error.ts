/** An answer other than 200: Loki's errors are plain text. */
export class LokiError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.name = "LokiError";
    this.status = status;
  }
}

/** What the store leaves to a real Loki; an error rather than a wrong answer. */
export function unsupported(construct: string): LokiError {
  return new LokiError(501, `not supported by the demo's log store: ${construct}`);
}
