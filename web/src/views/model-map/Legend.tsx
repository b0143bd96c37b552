import { Link } from "wouter";
import type { Filter } from "../../state/filter";
import { useExplorerHref } from "../../state/hooks";
import { formatCount } from "../../ui/format";
import classes from "./Legend.module.css";
import type { Coloured, Entry } from "./colors";

/** What each colour means and how many points have it; each leads to its images. */
export function Legend({ colored, title }: { colored: Coloured; title: string }) {
  return (
    <ul className={classes.legend} aria-label={`Colours: ${title}`}>
      {colored.scale && (
        <li className={classes.entry}>
          {title}: {colored.scale.low}
          <span className={classes.ramp} aria-hidden>
            {colored.scale.colors.map((color) => (
              <span key={color} style={{ background: color }} />
            ))}
          </span>
          {colored.scale.high}
        </li>
      )}
      {colored.legend.map((entry) => (
        <li key={entry.text} className={classes.entry}>
          <span className={classes.swatch} style={{ background: entry.color }} aria-hidden />
          <EntryText entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function EntryText({ entry }: { entry: Entry }) {
  const href = useExplorerHref();
  const text = (
    <>
      <span className={classes.name} title={entry.text}>
        {entry.text}
      </span>{" "}
      <span className={classes.count}>{formatCount(entry.count)}</span>
    </>
  );
  if (!entry.condition) return <span className={classes.text}>{text}</span>;
  const those: Filter = "outcome" in entry.condition ? entry.condition : { where: [entry.condition] };
  return (
    <Link className={`figure-link ${classes.text}`} href={href(those)}>
      {text}
    </Link>
  );
}
