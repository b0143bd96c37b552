import { ActionIcon, Button, Text, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconFilter, IconPhotoSearch, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useProject } from "../../../api/queries";
import { ApiError } from "../../../api/client";
import type { Filter } from "../../../state/filter";
import { plural } from "../../../ui/format";
import { ExportMenu } from "./ExportMenu";
import classes from "./SelectionBar.module.css";
import { fitsAddress } from "./selection";
import { TagMenu } from "./TagMenu";
import type { Tagging } from "./useTagging";

interface SelectionBarProps {
  count: number;
  /** The selected samples. */
  filter: () => Filter;
  tagging: Tagging;
  tagOpened: boolean;
  onTagOpened: (opened: boolean) => void;
  onSimilar: () => void;
  onShowOnly: (filter: Filter) => void;
  onClear: () => void;
}

/** What is selected and what can be done with it; and what the last tagging did, with its undo. */
export function SelectionBar({ count, filter, tagging, tagOpened, onTagOpened, onSimilar, onShowOnly, onClear }: SelectionBarProps) {
  const readOnly = useProject().data?.read_only ?? false;
  const [exportError, setExportError] = useState<Error | null>(null);
  const error = tagging.error ?? exportError;
  if (count === 0 && !tagging.last && !error) return null;
  const chosen = filter();
  return (
    <div className={classes.bar} role="region" aria-label="Selection">
      {count > 0 && (
        <>
          <Text size="sm" fw={600} role="status">
            {plural(count, "image")} selected
          </Text>
          {!readOnly && <TagMenu opened={tagOpened} onOpened={onTagOpened} onTag={(tag, remove) => tagging.change(tag, remove, filter())} />}
          <ExportMenu filter={filter} onError={setExportError} />
          {fitsAddress(chosen) && (
            <>
              <Button leftSection={<IconPhotoSearch size={14} aria-hidden />} onClick={onSimilar}>
                Find similar
              </Button>
              <Button leftSection={<IconFilter size={14} aria-hidden />} onClick={() => onShowOnly(chosen)}>
                Show only these
              </Button>
            </>
          )}
          <Tooltip label="Clear the selection (Esc)">
            <ActionIcon onClick={onClear} aria-label="Clear the selection">
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      {(tagging.last || error) && (
        <Text size="sm" className={classes.said} role={error ? "alert" : "status"}>
          {error ? [error.message, error instanceof ApiError ? error.hint : ""].filter(Boolean).join(" ") : tagging.last?.text}
        </Text>
      )}
      {tagging.last?.undo && (
        <Button leftSection={<IconArrowBackUp size={14} aria-hidden />} onClick={tagging.last.undo}>
          Undo
        </Button>
      )}
      {count === 0 && (
        <ActionIcon
          onClick={() => {
            tagging.forget();
            setExportError(null);
          }}
          aria-label="Close"
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
