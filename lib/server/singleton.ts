import "server-only";

/**
 * One value per process under a global name. server.ts, instrumentation and Next's bundles each hold
 * their own copy of every module, so module-level state would exist several times.
 */
export function singleton<T>(name: string, create: () => T): T {
  const key = Symbol.for(`burnline.${name}`);
  const store = globalThis as unknown as Record<symbol, { value: T } | undefined>;
  const existing = store[key];
  if (existing) return existing.value;
  const value = create();
  store[key] = { value };
  return value;
}
