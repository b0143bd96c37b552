import { useProject } from "../../../api/queries";
import { formatPercent, formatValue } from "../../../ui/format";
import type { SampleDetail } from "../../../api/types";
import { useRanking } from "../useExplorerState";
import classes from "./Detail.module.css";

/** Beyond these shares of the samples a value is drawn as far out. */
const EXTREME = 0.025;

/** Every metric with its value and its place among all samples; its name ranks the list by it. */
export function MetricList({ detail }: { detail: SampleDetail }) {
  const fields = useProject().data?.fields ?? [];
  const [ranking, setRanking] = useRanking();
  const known = Object.entries(detail.metrics).filter((entry): entry is [string, number] => entry[1] !== null);
  if (known.length === 0) return null;
  return (
    <section className={classes.part}>
      <h2>
        Metrics <span className={classes.quiet}>place among all images, low to high</span>
      </h2>
      <div className={classes.rows}>
        {known.map(([name, value]) => {
          const field = fields.find((one) => one.name === name);
          const share = detail.percentiles[name];
          return (
            <div key={name} className={classes.row}>
              <span className={classes.name} title={field?.description}>
                <button
                  type="button"
                  className={classes.link}
                  aria-label={`Rank by ${field?.title ?? name}`}
                  onClick={() => setRanking({ field: name, descending: ranking.field === name ? !ranking.descending : (share ?? 0) > 0.5 })}
                >
                  {field?.title ?? name}
                </button>
              </span>
              {share === undefined ? <span /> : <Place share={share} />}
              <span className={classes.value}>
                {formatValue(value)}
                {field?.unit && <span className={classes.quiet}> {field.unit}</span>}
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}

function Place({ share }: { share: number }) {
  const text = `higher than ${formatPercent(share, 0)} of the images`;
  return (
    <div className={classes.track} role="img" aria-label={text} title={text}>
      <div className={classes.middle} />
      <div className={classes.tick} style={{ left: `${share * 100}%` }} data-extreme={share < EXTREME || share > 1 - EXTREME || undefined} />
    </div>
  );
}
