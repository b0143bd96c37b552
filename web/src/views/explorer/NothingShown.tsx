import { Button } from "@mantine/core";
import type { Project } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { NoImages } from "../../ui/NoImages";

interface NothingShownProps {
  project: Project | undefined;
  isFiltered: boolean;
  onClear: () => void;
}

/** Why there is no image, and what to do about it. */
export function NothingShown({ project, isFiltered, onClear }: NothingShownProps) {
  if (project?.sample_count === 0) return <NoImages project={project} />;
  return (
    <EmptyState title="No image meets the filter">
      {isFiltered ? "Take away one of its conditions in the bar above, or all of them." : "The model has predicted none of them."}
      {isFiltered && (
        <div>
          <Button mt="sm" onClick={onClear}>
            Clear the filter
          </Button>
        </div>
      )}
    </EmptyState>
  );
}
