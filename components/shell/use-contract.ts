"use client";

import { useEffect, useState } from "react";

/** A contract for what is checked as it is typed; null until it came, right after the first paint. */
export function useContract<T>(load: () => Promise<T>): T | null {
  const [contract, setContract] = useState<T | null>(null);
  useEffect(() => {
    let left = false;
    // Without it the server alone says what is wrong.
    const keep = (loaded: T) => !left && setContract(() => loaded);
    load().then(keep, () => undefined);
    return () => {
      left = true;
    };
  }, [load]);
  return contract;
}
