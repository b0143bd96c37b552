import { useCallback, useEffect, useRef, useState } from "react";

const TOLD_MS = 2000;

/** Copies text; for a while `copied` says that it has. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback((text: string) => {
    void copyText(text).then((done) => {
      clearTimeout(timer.current);
      setCopied(done);
      timer.current = setTimeout(() => setCopied(false), TOLD_MS);
    });
  }, []);
  return { copied, copy };
}

/** Whether it has worked. A page that another machine serves over plain HTTP has no clipboard, but may copy what is selected. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.cssText = "position:fixed;opacity:0";
    const before = document.activeElement;
    document.body.append(field);
    field.focus();
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (before instanceof HTMLElement) before.focus();
    return done;
  }
}
