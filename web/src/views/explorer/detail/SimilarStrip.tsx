import { Button, Skeleton, Text } from "@mantine/core";
import type { SampleDetail } from "../../../api/types";
import { ApiError } from "../../../api/client";
import { useProject } from "../../../api/queries";
import { Command } from "../../../ui/Command";
import { Sentence } from "../../../ui/Sentence";
import { quoted } from "../../../ui/shell";
import { formatRate } from "../../../ui/format";
import { Thumbnail } from "../../../ui/Thumbnail";
import { useOpenSample } from "../useExplorerState";
import { useSimilarTo } from "../useShown";
import { useSimilar } from "../useSimilarList";
import classes from "./Detail.module.css";

const COUNT = 12;
const SIZE = 72;

/** How the nearest images are labelled, and the images themselves. */
export function SimilarStrip({ detail }: { detail: SampleDetail }) {
  const project = useProject().data;
  const isEmbedded = project?.computed.some(({ step, done }) => step === "embeddings" && done > 0) ?? true;
  const answer = useSimilar(isEmbedded ? { keys: [detail.key] } : null, {}, COUNT);
  const [, setSimilar] = useSimilarTo();
  const [, setOpen] = useOpenSample();
  const sentence = detail.neighbors?.sentence ?? answer.data?.sentence;
  return (
    <section className={classes.part}>
      <h2>Similar images</h2>
      {!isEmbedded ? (
        <Text size="sm" c="dimmed" component="div">
          The project has no embeddings. Compute them:
          <Command text={`misnomer compute ${quoted(project?.path ?? "PROJECT")} embeddings neighbors`} />
        </Text>
      ) : answer.error ? (
        <Text size="sm" c="dimmed">
          {answer.error.message} {answer.error instanceof ApiError && answer.error.hint}
        </Text>
      ) : (
        <>
          {sentence && (
            <Text size="sm" mb="xs">
              <Sentence text={sentence} />
            </Text>
          )}
          <div className={classes.strip}>
            {answer.data
              ? answer.data.samples.map((sample) => (
                  <button key={sample.id} type="button" onClick={() => setOpen({ id: sample.id, position: null })} title={sample.key} style={{ width: SIZE }}>
                    <Thumbnail sample={sample} size={SIZE} alt={sample.key} />
                    <div className={classes.name}>{sample.label ?? "unlabelled"}</div>
                    <div className={classes.quiet}>{formatRate(sample.distance, 3)}</div>
                  </button>
                ))
              : Array.from({ length: 5 }, (_, place) => <Skeleton key={place} width={SIZE} height={SIZE + 36} style={{ flex: "none" }} />)}
          </div>
          <Button mt="xs" onClick={() => setSimilar({ keys: [detail.key] })}>
            Find similar
          </Button>
        </>
      )}
    </section>
  );
}
