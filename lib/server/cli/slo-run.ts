import "server-only";
import { connect, RefusedError, RejectedError } from "./slo-api.ts";
import { EXIT, exportSlos, type Outcome, send, validate } from "./slo-commands.ts";
import { type Surroundings, UsageError } from "./address.ts";
import { readFiles } from "./slo-files.ts";
import { type Command, HELP, understand } from "./slo-words.ts";

const isRejection = (error: unknown): error is Error => error instanceof RejectedError;

async function carryOut(command: Command, surroundings: Surroundings): Promise<Outcome> {
  const { folder } = surroundings;
  switch (command.verb) {
    case "validate":
      return validate(readFiles(command.files, folder));
    case "diff": {
      const api = connect(command.at, surroundings);
      const sent = await send(api, readFiles(command.files, folder), { dryRun: true, reason: undefined });
      return sent.code === EXIT.ok && sent.isDifferent ? { ...sent, code: EXIT.different } : sent;
    }
    case "apply":
      return send(connect(command.at, surroundings), readFiles(command.files, folder), command);
    case "export":
      return exportSlos(connect(command.at, surroundings), command, isRejection);
  }
}

/** Does what the words of a command line ask for; the exit codes are those that its help names. */
export async function runSlo(words: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  if (["help", "--help", "-h"].includes(words[0] ?? "")) return { code: EXIT.ok, out: [HELP], notes: [] };
  try {
    return await carryOut(understand(words), surroundings);
  } catch (error) {
    if (error instanceof UsageError)
      return { code: EXIT.invalid, out: [], notes: [`${error.message}\n\n${HELP}`] };
    if (error instanceof RejectedError) return { code: EXIT.invalid, out: [], notes: [error.message] };
    if (error instanceof RefusedError) return { code: EXIT.refused, out: [], notes: [error.message] };
    throw error;
  }
}
