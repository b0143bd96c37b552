import { Group, Select, Table, Text } from "@mantine/core";
import { Link } from "wouter";
import { useAsk, useProject } from "../../api/queries";
import type { Comparison, Estimate } from "../../api/types";
import type { Condition } from "../../state/filter";
import { useExplorerHref, useFilter, useModel, useParam, useScope } from "../../state/hooks";
import { Loading } from "../../ui/Loading";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Page, PageSkeleton } from "../../ui/Page";
import { Columns, Section } from "../../ui/Section";
import { Stat } from "../../ui/Stat";
import { Stats } from "../../ui/Stats";
import { WithInterval } from "../../ui/WithInterval";
import { formatCount } from "../../ui/format";
import { quoted } from "../../ui/shell";
import { formatScore, inOrder, scoreTitle } from "../model-metrics/scoreTitles";
import { ClassDifferences } from "./ClassDifferences";

/** Two models on the same samples: which is better, by more than chance, and where. */
export default function ModelCompare() {
  const project = useProject().data;
  const [a, setA] = useModel();
  const [chosen, setB] = useParam("b");
  const { filter, labels } = useScope();
  const names = project?.models.map((one) => one.name) ?? [];
  const b = chosen !== null && chosen !== a && names.includes(chosen) ? chosen : names.find((name) => name !== a);
  const answer = useAsk<Comparison>("compare", { a, b, filter, labels }, { enabled: a !== null && b !== undefined });
  if (!project) return <PageSkeleton />;
  if (a === null || b === undefined)
    return (
      <Page title="Compare">
        <EmptyState title="It takes two models" command={`misnomer add-predictions ${quoted(project.path)} FILE --model NAME`}>
          Add the predictions of a second model for the same images.
        </EmptyState>
      </Page>
    );
  return (
    <Page title="Compare">
      <Group gap="sm">
        <Select aria-label="Model a" value={a} onChange={(value) => value && setA(value)} data={names} allowDeselect={false} />
        <Text size="sm">with</Text>
        <Select aria-label="Model b" value={b} onChange={(value) => setB(value)} data={names.filter((name) => name !== a)} allowDeselect={false} />
      </Group>
      {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data ? <Compared comparison={answer.data} /> : !answer.error && <Loading height={480} />}
    </Page>
  );
}

function Compared({ comparison }: { comparison: Comparison }) {
  const { a, b } = comparison;
  if (comparison.sample_count === 0)
    return <EmptyState title="Nothing to compare here">No image of this filter has a label and predictions of both models. Widen the filter in the bar above.</EmptyState>;
  return (
    <>
      <Text>{comparison.sentence}</Text>
      <WhoIsRight comparison={comparison} />
      <Columns>
        <Section title="Scores" note={`On the ${formatCount(comparison.sample_count)} images that both predicted.`}>
          <Table aria-label="Scores of both models" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Score</Table.Th>
                <Table.Th>{a}</Table.Th>
                <Table.Th>{b}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {inOrder(Object.keys(comparison.scores)).map((name) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {scoreTitle(name)}
                  </Table.Th>
                  <Value name={name} estimate={comparison.scores[name]!.a} />
                  <Value name={name} estimate={comparison.scores[name]!.b} />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Section>
        <ClassDifferences comparison={comparison} />
      </Columns>
    </>
  );
}

function Value({ name, estimate }: { name: string; estimate: Estimate }) {
  return (
    <Table.Td>
      <WithInterval {...formatScore(name, estimate)} />
    </Table.Td>
  );
}

/** A difference of two rates in percentage points: "−0.6"; without a sign where it is rounded to none. */
function points(difference: number): string {
  const size = Math.abs(difference * 100).toFixed(1);
  return Number(size) === 0 ? size : `${difference < 0 ? "−" : "+"}${size}`;
}

/** The four groups of samples by who is right, each leading to its images. */
function WhoIsRight({ comparison }: { comparison: Comparison }) {
  const { a, b, difference } = comparison;
  const [filter] = useFilter();
  const href = useExplorerHref();
  const among: Condition[] = filter.classes ? [{ field: "label", operator: "in", value: filter.classes }] : [];
  const right = (isA: boolean, isB: boolean): Condition[] => [
    { field: `correct@${a}`, operator: "=", value: isA },
    { field: `correct@${b}`, operator: "=", value: isB },
    ...among,
  ];
  const groups: [string, number, Condition[]][] = [
    ["Both right", comparison.both_right, right(true, true)],
    [`Only ${a} right`, comparison.only_a_right, right(true, false)],
    [`Only ${b} right`, comparison.only_b_right, right(false, true)],
    ["Both wrong", comparison.both_wrong, right(false, false)],
  ];
  return (
    <Stats>
      <Stat
        title={`Accuracy, ${a} less ${b}`}
        value={difference ? points(difference.value) : "–"}
        interval={difference?.interval ? `percentage points; ${difference.interval.map(points).join(" to ")}` : ""}
        note={comparison.p_value == null ? null : comparison.p_value < 0.001 ? "p < 0.001" : `p = ${comparison.p_value.toFixed(3)}`}
      />
      {groups.map(([title, count, where]) => (
        <Stat key={title} title={title} value={formatCount(count)} note={count > 0 && <Link className="figure-link" href={href({ where })}>show</Link>} />
      ))}
    </Stats>
  );
}
