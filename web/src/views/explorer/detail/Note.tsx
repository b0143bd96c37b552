import { Textarea } from "@mantine/core";
import { useLayoutEffect, useRef, useState } from "react";
import { useProject } from "../../../api/queries";
import type { Sample } from "../../../api/types";
import { useNoteMutation } from "../api";
import { DETAIL_KEY, takeAwaited } from "../useExplorerKeys";

/** What the user wrote about the sample; kept when the field is left. */
export function Note({ sample }: { sample: Sample }) {
  const readOnly = useProject().data?.read_only ?? false;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(sample.note ?? "");
  const { mutate, error, isPending } = useNoteMutation(sample.id);
  const keep = () => text !== (sample.note ?? "") && mutate(text);
  // Before the panel is painted: who sees it may type at once.
  useLayoutEffect(() => {
    const write = () => {
      field.current?.focus();
      field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    };
    if (takeAwaited("note")) write();
    const key = (event: Event) => (event as CustomEvent).detail === "note" && write();
    window.addEventListener(DETAIL_KEY, key);
    return () => window.removeEventListener(DETAIL_KEY, key);
  }, []);
  if (readOnly && !sample.note) return null;
  return (
    <Textarea
      ref={field}
      size="xs"
      aria-label="Note"
      placeholder="A note on this image"
      autosize
      minRows={1}
      maxRows={8}
      value={text}
      readOnly={readOnly}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
          event.preventDefault();
          event.currentTarget.blur();
        }
      }}
      error={error?.message}
      description={isPending ? "keeping …" : undefined}
      inputWrapperOrder={["input", "description", "error"]}
    />
  );
}
