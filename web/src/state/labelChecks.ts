import type { Project } from "../api/types";

/** Whether there is something to check labels by: the model's probabilities of all classes, or similar images. */
export function canCheckLabels(project: Project, model: string | null | undefined): boolean {
  const hasNeighbors = project.computed.some((one) => one.step === "neighbors" && one.done > 0);
  return hasNeighbors || project.models.some((one) => one.name === model && one.probabilities);
}
