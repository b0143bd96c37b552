import { Table } from "@mantine/core";
import { useAsk, useProject } from "../../api/queries";
import type { DeduplicatedEvaluation, Estimate } from "../../api/types";
import { type Scope, useModel } from "../../state/hooks";
import { ErrorState } from "../../ui/ErrorState";
import { Section } from "../../ui/Section";
import { WithInterval } from "../../ui/WithInterval";
import { plural } from "../../ui/format";
import { formatScore, scoreTitle } from "../model-metrics/scoreTitles";

const SCORES = ["accuracy", "precision_macro", "recall_macro", "f1_macro"] as const;

interface ScoresWithoutProps {
  scope: Scope;
  nearness: { kind: string | undefined; threshold: string | undefined; bits: string | undefined };
}

/** The model's scores with and without copies and leaks of the kind that is shown. */
export function ScoresWithout({ scope, nearness }: ScoresWithoutProps) {
  const [model] = useModel();
  const hasSplits = Object.keys(useProject().data?.splits ?? {}).length > 0;
  const answer = useAsk<DeduplicatedEvaluation>("duplicates/evaluation", { ...scope, ...nearness }, { enabled: model !== null });
  if (model === null) return null;
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  const scores = answer.data;
  const without = hasSplits ? "Without duplicates and leaks" : "Without duplicates";
  return (
    <Section
      title={`Scores of ${model}`}
      note={
        scores
          ? `${without}: ${plural(scores.copy_count, "copy", "copies")}${hasSplits ? ` and ${plural(scores.leak_count, "further image")} with a duplicate in another split` : ""} left out.`
          : `${without}: …`
      }
    >
      <Table aria-label="Scores with and without duplicates" maw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Score</Table.Th>
            <Table.Th>All images</Table.Th>
            <Table.Th>{without}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {SCORES.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {scoreTitle(name)}
              </Table.Th>
              <Value name={name} estimate={scores?.all_samples.scores[name]} />
              <Value name={name} estimate={scores?.without_duplicates.scores[name]} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function Value({ name, estimate }: { name: string; estimate: Estimate | undefined }) {
  return <Table.Td>{estimate ? <WithInterval {...formatScore(name, estimate)} /> : "–"}</Table.Td>;
}
