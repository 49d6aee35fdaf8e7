import { useEffect } from "react";

const QUESTION = "What you changed is not saved. Leave anyway?";

/** While `unsaved`, asks before a link or the browser leads away from the page. */
export function useUnsavedWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
    const followed = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.getAttribute("href")?.startsWith("#") || window.confirm(QUESTION)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the framework's own handler, which would go there.
    document.addEventListener("click", followed, { capture: true, signal });
    return () => leaving.abort();
  }, [unsaved]);
}
