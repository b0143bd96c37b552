import { useEffect, useState } from "react";

/** Height of the top bar, which grows with the chips in it, in px. */
export function useTopBarHeight(): number {
  const [height, setHeight] = useState(48);
  useEffect(() => {
    const bar = document.querySelector("header");
    if (!bar) return undefined;
    const measure = () => setHeight(bar.getBoundingClientRect().height);
    const observer = new ResizeObserver(measure);
    observer.observe(bar);
    measure();
    return () => observer.disconnect();
  }, []);
  return height;
}
