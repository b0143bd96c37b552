import { useProject } from "../../../api/queries";
import { withValues } from "../../../state/filter";
import { useFilter } from "../../../state/hooks";
import type { SampleDetail } from "../../../api/types";
import classes from "./Detail.module.css";

/** Split, size and the user's columns; a value of a column filters by it. */
export function MetadataList({ detail }: { detail: SampleDetail }) {
  const fields = useProject().data?.fields ?? [];
  const [filter, setFilter] = useFilter();
  const known = Object.entries({ split: detail.split, ...detail.metadata }).filter((entry): entry is [string, string] => entry[1] !== null);
  const title = (name: string) => fields.find((one) => one.name === name)?.title ?? name;
  if (known.length === 0) return null;
  return (
    <section className={classes.part}>
      <h2>Metadata</h2>
      <div className={classes.rows}>
        {known.map(([name, value]) => (
          <div key={name} className={classes.row}>
            <span className={classes.name}>{title(name)}</span>
            <button
              type="button"
              className={classes.link}
              style={{ gridColumn: "2 / 4", overflowWrap: "anywhere" }}
              title="Show the images with this value"
              onClick={() => setFilter(name === "split" ? { ...filter, splits: [value] } : withValues(filter, name, [value]))}
            >
              {value}
            </button>
          </div>
        ))}
      </div>
    </section>
  );
}
