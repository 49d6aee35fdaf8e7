import "server-only";
import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";

/** scrypt's cost (RFC 7914). */
export interface Cost {
  N: number;
  r: number;
  p: number;
}

/** On the way to the hashing process; bytes as base64url. */
export interface HashRequest {
  id: number;
  password: string;
  salt: string;
  keyBytes: number;
  cost: Cost;
}
export interface HashAnswer {
  id: number;
  key: string;
}

interface Waiting {
  resolve: (key: Buffer) => void;
  reject: (error: Error) => void;
}

/**
 * Hashes in a process of its own at a lower priority: a hash takes a tenth of a second of a core, and whoever
 * looks at a page must not feel it. The process is started when first needed and again should it die.
 */
class Hasher {
  private readonly root: string;
  private readonly waiting = new Map<number, Waiting>();
  private child: ChildProcess | null = null;
  private nextId = 0;

  constructor(root: string) {
    this.root = root;
  }

  /** A key of `keyBytes` bytes. @throws AppError `unavailable` when the process died over it */
  derive(work: Omit<HashRequest, "id">): Promise<Buffer> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process().send({ ...work, id } satisfies HashRequest, (error) => {
        if (error) this.fail(id);
      });
    });
  }

  private process(): ChildProcess {
    if (this.child) return this.child;
    // Asked for at run time: the bundler would want to bundle whatever an imported `fork` is given.
    const { fork } = process.getBuiltinModule("node:child_process");
    const child = fork(path.join(this.root, "lib/server/auth/hashing-process.ts"), [], {
      execArgv: ["--import", path.join(this.root, "register.ts")],
      env: { NODE_ENV: process.env.NODE_ENV },
    });
    child.unref();
    child.channel?.unref();
    child.on("message", ({ id, key }: HashAnswer) => {
      this.waiting.get(id)?.resolve(Buffer.from(key, "base64url"));
      this.waiting.delete(id);
    });
    const lost = () => {
      if (this.child !== child) return;
      this.child = null;
      for (const id of [...this.waiting.keys()]) this.fail(id);
    };
    child.once("exit", lost);
    child.once("error", lost);
    this.child = child;
    return child;
  }

  private fail(id: number): void {
    this.waiting.get(id)?.reject(new AppError("unavailable", "passwords cannot be checked; try again"));
    this.waiting.delete(id);
  }
}

/** The process's own hasher. server.ts asks for it first: bundled code does not know where the sources are. */
export function hasher(): Hasher {
  return singleton("password.hasher", () => new Hasher(path.resolve(import.meta.dirname, "../../..")));
}
