import { ActionIcon, Autocomplete } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useProject } from "../../../api/queries";
import type { Sample } from "../../../api/types";
import { useTagMutation } from "../api";
import classes from "./Detail.module.css";

/** The sample's tags: take one off, add one. */
export function Tags({ sample }: { sample: Sample }) {
  const project = useProject().data;
  const { mutate, error } = useTagMutation();
  const [text, setText] = useState("");
  const change = (tag: string, remove: boolean) => {
    setText("");
    if (tag.trim()) mutate({ tag: tag.trim(), remove, filter: { keys: [sample.key] } });
  };
  if (project?.read_only && sample.tags.length === 0) return null;
  return (
    <section className={classes.part} aria-label="Tags">
      <div className={classes.tags}>
        {sample.tags.map((tag) => (
          <span key={tag} className={classes.tag}>
            <span>{tag}</span>
            {!project?.read_only && (
              <ActionIcon size={20} aria-label={`Take the tag ${tag} off`} onClick={() => change(tag, true)}>
                <IconX size={14} />
              </ActionIcon>
            )}
          </span>
        ))}
        {!project?.read_only && (
          <Autocomplete
            aria-label="Add a tag"
            placeholder="+ tag"
            size="xs"
            w={130}
            value={text}
            onChange={setText}
            onOptionSubmit={(tag) => change(tag, false)}
            onKeyDown={(event) => event.key === "Enter" && change(text, false)}
            data={Object.keys(project?.tags ?? {}).filter((tag) => !sample.tags.includes(tag))}
            error={error?.message}
          />
        )}
      </div>
    </section>
  );
}
