import type { ReactNode } from "react";
import classes from "./Stat.module.css";

/** Numbers side by side, as many as fit at the size of the text. */
export function Stats({ children }: { children: ReactNode }) {
  return <div className={classes.stats}>{children}</div>;
}
