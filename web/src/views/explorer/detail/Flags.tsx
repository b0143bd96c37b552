import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "wouter";
import type { SampleDetail } from "../../../api/types";
import { useArea } from "../useExplorerState";
import { usePageHref } from "../../../state/hooks";
import { writeFilter } from "../../../state/filter";
import { fitsAddress } from "../selection/selection";
import { Sentence } from "../../../ui/Sentence";
import classes from "./Detail.module.css";

/** Why a sample is flagged: a suspected label, duplicates, metrics that lie far out. */
export function Flags({ detail }: { detail: SampleDetail }) {
  const href = usePageHref();
  const area = useArea();
  if (detail.flags.length === 0) return null;
  return (
    <section className={classes.part} aria-label="Why it is flagged">
      <ul className={classes.flags}>
        {detail.flags.map((flag) => (
          <li key={flag.sentence} data-quiet={flag.kind === "outlier" || undefined}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>
              <Sentence text={flag.sentence} />{" "}
              {flag.keys && flag.keys.length > 0 && fitsAddress({ keys: flag.keys }) && (
                <Link className="figure-link" href={href(`/${area}/explorer`, { filter: writeFilter({ keys: flag.keys }) })}>
                  Show them
                </Link>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
