import { Skeleton } from "@mantine/core";
import { Link } from "wouter";
import type { Parameters } from "../api/client";
import { useSamples } from "../api/queries";
import type { Sample } from "../api/types";
import { usePageHref } from "../state/hooks";
import classes from "./ImageStrip.module.css";
import { Thumbnail } from "./Thumbnail";

const SIDE_PX = 56;

interface ImageStripProps {
  /** Of the question for the samples: filter, model, sort. */
  parameters: Parameters;
  label: string;
  /** How many at most. */
  count: number;
}

/** A line of small images, each leading to itself in the Explorer. */
export function ImageStrip({ parameters, label, count }: ImageStripProps) {
  const page = useSamples({ ...parameters, limit: count }, { keep: false });
  const samples = page.data?.samples ?? [];
  return (
    <div className={classes.strip} role="group" aria-label={label}>
      {page.isPending ? Array.from({ length: count }, (_, place) => <Skeleton key={place} className={classes.image} />) : samples.map((sample) => <StripImage key={sample.id} sample={sample} parameters={parameters} />)}
    </div>
  );
}

function StripImage({ sample, parameters }: { sample: Sample; parameters: Parameters }) {
  const href = usePageHref();
  const filter = typeof parameters["filter"] === "string" ? parameters["filter"] : null;
  return (
    <Link href={href("/model/explorer", { filter, sample: String(sample.id) })} className={classes.image} title={sample.key}>
      <Thumbnail sample={sample} size={SIDE_PX} alt={sample.key} />
    </Link>
  );
}
