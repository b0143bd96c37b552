import { useEvaluation, useProject } from "../../api/queries";
import { useModel, useScope } from "../../state/hooks";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Loading } from "../../ui/Loading";
import { Page, PageSkeleton } from "../../ui/Page";
import { Columns } from "../../ui/Section";
import { quoted } from "../../ui/shell";
import { ClassRates } from "./ClassRates";
import { ClassTable } from "./ClassTable";
import { Confusion } from "./Confusion";
import { ConfusedPairs } from "./ConfusedPairs";
import { Headline } from "./Headline";
import { Importance } from "./Importance";
import { Reliability } from "./Reliability";
import { Slices } from "./Slices";

/** With more classes the confusion matrix takes the larger part of the width. */
const ROOMY = 10;

/** How good the model is, where it fails, and what to do about it. */
export default function ModelMetrics() {
  const project = useProject().data;
  const [model] = useModel();
  const scope = useScope();
  const answer = useEvaluation({ ...scope }, { enabled: model !== null });
  if (!project) return <PageSkeleton />;
  if (model === null) return <NoModel path={project.path} />;
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  const evaluation = answer.data;
  return (
    <Page title="Metrics">
      <Headline evaluation={evaluation} />
      {!evaluation ? (
        <Loading height={360} /> // the charts are asked for when the scores are there: their first takes the server longest
      ) : evaluation.classes.length === 0 ? (
        <EmptyState title="Nothing to score here">No image of this filter has both a label and a prediction. Widen the filter in the bar above.</EmptyState>
      ) : (
        <>
          <Columns wideSecond={(evaluation?.classes.length ?? 0) > ROOMY}>
            <Importance scope={scope} />
            <Confusion scope={scope} evaluation={evaluation} />
          </Columns>
          <Slices scope={scope} />
          <Columns>
            <ClassRates scope={scope} evaluation={evaluation} />
            <ConfusedPairs scope={scope} evaluation={evaluation} />
          </Columns>
          <ClassTable evaluation={evaluation} />
          <Reliability scope={scope} evaluation={evaluation} />
        </>
      )}
    </Page>
  );
}

function NoModel({ path }: { path: string }) {
  return (
    <Page title="Metrics">
      <EmptyState title="No model yet" command={`misnomer add-predictions ${quoted(path)} FILE --model NAME`}>
        Add a model's predictions: a table with keys and classes, or an array of probabilities. The import says what matched.
      </EmptyState>
    </Page>
  );
}
