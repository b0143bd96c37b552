import { Collapse, Skeleton, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import type { Estimate, Evaluation } from "../../api/types";
import { rateConditions } from "../../charts/marks";
import { useExplorerHref, useFilter } from "../../state/hooks";
import { Stat } from "../../ui/Stat";
import { Stats } from "../../ui/Stats";
import { useCount } from "../../ui/useCount";
import { formatCount, formatInterval, formatPercent, formatRate, plural } from "../../ui/format";
import { HEADLINE, formatScore, inOrder, scoreTitle } from "./scoreTitles";

/** Notes on scores that are not among the four. */
const OF_MORE = /^(Top-k|ROC AUC|Matthews)/;

/** The four scores with their intervals, how many images they rest on, and all other scores a click away. */
export function Headline({ evaluation }: { evaluation: Evaluation | undefined }) {
  const [more, setMore] = useState(false);
  return (
    <Stack gap="sm" component="section" aria-label="Scores">
      <Stats>
        {HEADLINE.map((name) => (
          <HeadlineScore key={name} name={name} evaluation={evaluation} />
        ))}
      </Stats>
      {evaluation ? <Coverage evaluation={evaluation} /> : <Skeleton height={20} width={420} />}
      <UnstyledButton fz="sm" c="var(--accent)" onClick={() => setMore(!more)} aria-expanded={more} w="fit-content">
        {more ? "Fewer scores" : "More scores"} {more ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
      </UnstyledButton>
      {evaluation && (
        <Collapse expanded={more}>
          <MoreScores evaluation={evaluation} />
        </Collapse>
      )}
    </Stack>
  );
}

function HeadlineScore({ name, evaluation }: { name: string; evaluation: Evaluation | undefined }) {
  const estimate = evaluation?.scores[name];
  if (evaluation && !estimate) return <Stat title={scoreTitle(name)} value="–" interval={evaluation.not_available[name] ?? ""} />;
  const percent = name === "accuracy";
  return (
    <Stat
      title={scoreTitle(name)}
      value={estimate ? (percent ? formatPercent(estimate.value) : formatRate(estimate.value)) : null}
      interval={estimate ? formatInterval(estimate, percent ? "percent" : "rate") : ""}
      line={line(estimate)}
    />
  );
}

function line(estimate: Estimate | undefined) {
  return estimate?.interval ? { rate: estimate.value, interval: estimate.interval as [number, number] } : null;
}

/** What the scores rest on, and the way to the images that are right and wrong. */
function Coverage({ evaluation }: { evaluation: Evaluation }) {
  const [filter] = useFilter();
  const href = useExplorerHref();
  const { sample_count: shown, labelled_count: labelled, predicted_count: predicted, missing_policy: policy } = evaluation;
  const counted = rateConditions("recall", filter.classes, policy);
  const scored = useCount({ where: counted });
  if (shown === 0) return null;
  const isComplete = labelled === shown && predicted === shown;
  return (
    <Text size="sm" c="dimmed" component="div">
      95% intervals.{" "}
      {isComplete
        ? `All ${plural(shown, "image")} have a label and a prediction. `
        : `${formatCount(labelled)} of ${plural(shown, "image")} have a label, ${formatCount(predicted)} a prediction. `}
      {!isComplete && !filter.classes && `The scores are of the ${scored === null ? "…" : formatCount(scored)} that have ${policy === "wrong" ? "a label" : "both"}. `}
      {policy === "wrong" && predicted < shown && "One without prediction counts as wrong. "}
      {filter.classes && "Accuracy: of the images labelled with a chosen class. "}
      See{" "}
      <Link className="figure-link" href={href({ outcome: "tp", where: counted })}>
        the right ones
      </Link>{" "}
      and{" "}
      <Link className="figure-link" href={href({ outcome: "fn", where: counted })}>
        the wrong ones
      </Link>
      .{evaluation.notes.filter((note) => !OF_MORE.test(note)).map((note) => ` ${note}`)}
    </Text>
  );
}

function MoreScores({ evaluation }: { evaluation: Evaluation }) {
  const names = inOrder(Object.keys(evaluation.scores)).filter((name) => !HEADLINE.includes(name as (typeof HEADLINE)[number]));
  const missing = inOrder(Object.keys(evaluation.not_available));
  const notes = evaluation.notes.filter((note) => OF_MORE.test(note));
  return (
    <Stack gap="md" pt="xs">
      <Stats>
        {names.map((name) => {
          return <Stat key={name} small title={scoreTitle(name)} {...formatScore(name, evaluation.scores[name]!)} />;
        })}
      </Stats>
      {notes.length > 0 && (
        <Text size="sm" c="dimmed">
          {notes.join(" ")}
        </Text>
      )}
      {missing.length > 0 && (
        <Text size="sm" c="dimmed" component="ul" m={0} pl="lg">
          {missing.map((name) => (
            <li key={name}>
              {scoreTitle(name)}: {evaluation.not_available[name]}
            </li>
          ))}
        </Text>
      )}
    </Stack>
  );
}
