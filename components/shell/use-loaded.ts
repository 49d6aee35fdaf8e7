"use client";

import { useEffect, useState } from "react";

/**
 * A contract or a grammar that is needed while something is typed; null until it came, right after the first paint.
 * `load` is to stay the same function.
 */
export function useLoaded<T>(load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    let left = false;
    const keep = (value: T) => !left && setLoaded(() => value);
    // Without it the server alone says what is wrong.
    load().then(keep, () => undefined);
    return () => {
      left = true;
    };
  }, [load]);
  return loaded;
}
