import "server-only";
import v8 from "node:v8";

/**
 * Lets the heap grow to three times what was alive before the next full collection; V8's own limits stay. Every answer
 * of a source is some megabytes of buffers, which V8 counts as growth although they are short-lived: by its own measure
 * it walks the whole heap every few answers, which took more time than the answers themselves.
 */
export function letHeapGrow(): void {
  v8.setFlagsFromString("--heap-growing-percent=200");
}
