import "server-only";
import type { LogLine } from "#lib/contracts/logs.ts";

const MAX_LINES = 1_000;
const MAX_CHARACTERS = 1024 * 1024;

/** What a tail has to say since it last did. */
export interface TailNews {
  lines: LogLine[];
  droppedBySource: number;
  droppedHere: number;
}

/**
 * Lines that wait to be sent: at most 1,000 and about a megabyte of them. Whoever reads too slowly loses the oldest,
 * which are counted; the newest line is kept, however long.
 */
export class TailBuffer {
  #lines: LogLine[] = [];
  #characters = 0;
  #droppedBySource = 0;
  #droppedHere = 0;

  push(lines: readonly LogLine[], droppedBySource: number): void {
    this.#droppedBySource += droppedBySource;
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.line.length;
    }
    let gone = 0;
    while (this.#lines.length - gone > 1 && this.#isOver(gone)) {
      this.#characters -= this.#lines[gone]?.line.length ?? 0;
      gone += 1;
    }
    this.#droppedHere += gone;
    if (gone > 0) this.#lines = this.#lines.slice(gone);
  }

  /** Everything since the last time, or null when there is nothing to say. */
  take(): TailNews | null {
    const news = {
      lines: this.#lines,
      droppedBySource: this.#droppedBySource,
      droppedHere: this.#droppedHere,
    };
    this.#lines = [];
    this.#characters = 0;
    this.#droppedBySource = 0;
    this.#droppedHere = 0;
    return news.lines.length + news.droppedBySource + news.droppedHere === 0 ? null : news;
  }

  #isOver(gone: number): boolean {
    return this.#lines.length - gone > MAX_LINES || this.#characters > MAX_CHARACTERS;
  }
}
