import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { ConfusedPair, Evaluation } from "../../api/types";
import { pairFilter } from "../../charts/marks";
import { merged, writeFilter } from "../../state/filter";
import { type Scope, useExplorerHref, useFilter } from "../../state/hooks";
import names from "../../ui/ClassName.module.css";
import { Loading } from "../../ui/Loading";
import { ImageStrip } from "../../ui/ImageStrip";
import { Section } from "../../ui/Section";
import { formatCount } from "../../ui/format";

const FIRST = 5;

/** The pairs of classes most often confused, one way or both, each with some of its images. */
export function ConfusedPairs({ scope, evaluation }: { scope: Scope; evaluation: Evaluation | undefined }) {
  const [shown, setShown] = useState(FIRST);
  const pairs = evaluation?.confused_pairs;
  return (
    <Section title="Most confused">
      {!pairs && <Loading height={420} />}
      {pairs?.length === 0 && <Text size="sm">No class is taken for another here.</Text>}
      <Stack gap="md" component="ol" m={0} p={0} style={{ listStyle: "none" }}>
        {pairs?.slice(0, shown).map((pair) => (
          <Pair key={`${pair.label}\n${pair.prediction}`} pair={pair} scope={scope} />
        ))}
      </Stack>
      {pairs && pairs.length > shown && (
        <UnstyledButton fz="sm" c="var(--accent)" w="fit-content" onClick={() => setShown(shown + 10)}>
          {Math.min(10, pairs.length - shown)} more of {formatCount(pairs.length)} pairs
        </UnstyledButton>
      )}
    </Section>
  );
}

function Pair({ pair, scope }: { pair: ConfusedPair; scope: Scope }) {
  const [filter] = useFilter();
  const href = useExplorerHref();
  const those = pairFilter(pair.label, pair.prediction);
  return (
    <li>
      <Group gap="sm" justify="space-between" align="baseline">
        <Link className={`figure-link ${names.name}`} href={href(those)} title={`${pair.label} → ${pair.prediction}`}>
          <bdi>{pair.label}</bdi> → <bdi>{pair.prediction}</bdi>
        </Link>
        <Text size="sm" c="dimmed">
          {formatCount(pair.count)} of {formatCount(pair.support)} (back:{" "}
          {pair.reverse_count > 0 ? (
            <Link className="figure-link" href={href(pairFilter(pair.prediction, pair.label))}>
              {formatCount(pair.reverse_count)}
            </Link>
          ) : (
            0
          )}
          ) · {pair.direction === "one-way" ? "one-way" : "two-way"}
        </Text>
      </Group>
      <ImageStrip
        parameters={{ ...scope, filter: writeFilter(merged(filter, those)), sort: "-confidence" }}
        label={`Labelled ${pair.label}, predicted ${pair.prediction}`}
        count={Math.min(pair.count, 8)}
      />
    </li>
  );
}
