import { type Recorded, type RunFiles, stillRuns } from "./run-files.ts";
import { stopProcess } from "./stop-process.ts";

const GRACE_MS = 5_000;

/** Ends what a killed demo left behind, Burnline first as in an ordinary stop; answers the names. */
export async function stopOrphans(runFiles: RunFiles): Promise<string[]> {
  const orphans = runFiles.orphans();
  const isApp = ({ name }: Recorded) => name === "app";
  for (const group of [orphans.filter(isApp), orphans.filter((orphan) => !isApp(orphan))]) {
    await Promise.all(
      group.map(async (orphan) => {
        await stopProcess(orphan.pid, () => stillRuns(orphan), GRACE_MS);
        runFiles.forget(orphan.name);
      }),
    );
  }
  return orphans.map(({ name }) => name);
}
