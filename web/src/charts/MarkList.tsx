import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import classes from "./Chart.module.css";
import type { Datum } from "./spec";

interface MarkListProps {
  rows: readonly Datum[];
  label: string;
  markHref?: ((datum: Datum) => string | null) | undefined;
  onMark?: ((datum: Datum) => void) | undefined;
}

const STEP = 100;

/** Every mark of a chart in words, each leading where the mark leads: the chart for the keyboard and the screen reader. */
export function MarkList({ rows, label, markHref, onMark }: MarkListProps) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(STEP);
  return (
    <div className={classes.list}>
      <button type="button" className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Hide the list" : "As a list"}
      </button>
      {open && (
        <ul aria-label={`${label}, as a list`}>
          {rows.slice(0, shown).map((row) => {
            const about = String(row["about"]);
            const href = markHref?.(row);
            return (
              <li key={about}>
                {onMark ? <UnstyledButton onClick={() => onMark(row)} className="figure-link" fz="sm">{about}</UnstyledButton>
                  : href ? <Link href={href} className="figure-link">{about}</Link> : about}
              </li>
            );
          })}
          {rows.length > shown && (
            <li>
              <button type="button" className={classes.toggle} onClick={() => setShown(shown + STEP)}>
                {rows.length - shown} more
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
