const NAME_WIDTH = 15;
const DETAIL_WIDTH = 44;
/** Without a terminal, history is told in steps of this size. */
const PLAIN_STEP_PERCENT = 10;

/** The demo's words on the terminal: one line per part, and one that moves where the output is a terminal. */
export class DemoConsole {
  private readonly startedMs = performance.now();
  private readonly out: NodeJS.WriteStream;
  private moving = false;
  private lastPercent = -1;

  constructor(out: NodeJS.WriteStream) {
    this.out = out;
    // A reader that went away (`| head`) is no reason to leave the parts without their parent.
    out.on("error", () => undefined);
  }

  say(text = ""): void {
    this.clearMoving();
    this.out.write(`${text}\n`);
  }

  /** A part is usable; `sinceMs` is a `performance.now()` of when its start began. */
  done(name: string, detail: string, sinceMs: number): void {
    const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1);
    this.say(`  ${name.padEnd(NAME_WIDTH)}${detail.padEnd(DETAIL_WIDTH)}${seconds.padStart(6)} s`);
  }

  /** How much of a long piece of work is done, 0 to 1. */
  progress(name: string, doneRatio: number): void {
    const percent = Math.floor(doneRatio * 100);
    if (percent === this.lastPercent) return;
    const text = `  ${name.padEnd(NAME_WIDTH)}${percent} %`;
    if (this.out.isTTY) {
      this.out.write(`\r\u001b[2K${text}`);
      this.moving = true;
    } else if (percent > 0 && percent % PLAIN_STEP_PERCENT === 0) {
      this.out.write(`${text}\n`);
    }
    this.lastPercent = percent;
  }

  elapsedSeconds(): number {
    return (performance.now() - this.startedMs) / 1000;
  }

  private clearMoving(): void {
    if (this.moving) this.out.write("\r\u001b[2K");
    this.moving = false;
  }
}
