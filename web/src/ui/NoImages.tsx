import type { Project } from "../api/types";
import { EmptyState } from "./EmptyState";
import { quoted } from "./shell";

/** A project that nothing has been added to yet. */
export function NoImages({ project }: { project: Project }) {
  return (
    <EmptyState title="This project has no images yet" command={`misnomer add-images ${quoted(project.path)} DIR_OR_TABLE`}>
      Add a folder of images, one folder a class if they have labels, or a table with their paths.
    </EmptyState>
  );
}
