import { ActionIcon, Text, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useProject } from "../../api/queries";
import { chips } from "../../state/chips";
import { type Filter, isEmpty } from "../../state/filter";
import { useFilter } from "../../state/hooks";
import { formatCount, plural } from "../../ui/format";
import classes from "./Explorer.module.css";
import type { Shown } from "./useShown";

/** What a list with an order of its own is, and the way back to the filter's images. */
export function Banner({ shown, onClose }: { shown: Exclude<Shown, { kind: "filter" }>; onClose: () => void }) {
  return (
    <div className={classes.banner}>
      {shown.kind === "similar" && shown.to instanceof File && <Picture file={shown.to} />}
      <div className={classes.bannerText}>
        {shown.kind === "similar" ? <Similar to={shown.to} found={shown.found} /> : <Next found={shown.found} />}
        {shown.found?.sentence && <Quiet>{shown.found.sentence}</Quiet>}
        {shown.kind === "similar" && shown.found !== undefined && shown.found.without_vector.length > 0 && (
          <Quiet>{plural(shown.found.without_vector.length, "image")} without an embedding left out.</Quiet>
        )}
      </div>
      <Tooltip label="Back to all images of the filter">
        <ActionIcon onClick={onClose} aria-label="Back to all images of the filter">
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Similar({ to, found }: { to: Filter | File; found: Extract<Shown, { kind: "similar" }>["found"] }) {
  const fields = useProject().data?.fields ?? [];
  const [filter] = useFilter();
  const name = to instanceof File ? to.name : nameOf(to, chips(to, fields).map((chip) => chip.text), found?.query_count);
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      Nearest first: similar to <b>{name}</b>
      {found && `, among ${plural(found.candidate_count, "other image")}${isEmpty(filter) ? "" : " that meet the filter above"}`}.
    </Text>
  );
}

/** "cat/1.jpg", "3 images", "the 12 images with label = cat, Brightness 0 – 0.3". */
function nameOf(filter: Filter, parts: readonly string[], count: number | undefined): string {
  const { keys, classes: chosen, ...rest } = filter;
  if (keys && Object.keys(rest).length === 0) return keys.length === 1 ? keys[0]! : plural(keys.length, "image");
  const said = [...(chosen ? [`classes ${chosen.slice(0, 3).join(", ")}${chosen.length > 3 ? ` and ${chosen.length - 3} more` : ""}`] : []), ...parts];
  const images = count === undefined ? "the images" : plural(count, "image");
  return said.length === 0 ? images : `${images}: ${said.join(", ")}`;
}

function Next({ found }: { found: Extract<Shown, { kind: "next" }>["found"] }) {
  const pool = found && (found.pool_is_labelled ? `, of ${plural(found.candidate_count, "image")} of the filter, as if they had no label` : `, of ${plural(found.candidate_count, "unlabelled image")} of the filter${found.labelled_count > 0 ? ` (the ${formatCount(found.labelled_count)} with a label are left out)` : ""}`);
  return (
    <Text size="sm">
      Annotate these next, the most valuable first{pool}. Select and tag them, then export them to a labelling tool.
    </Text>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function Picture({ file }: { file: File }) {
  const url = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return <img className={classes.picture} src={url} alt={file.name} />;
}
