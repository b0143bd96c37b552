import { ActionIcon, Code, Group, Tooltip } from "@mantine/core";
import { Fragment } from "react";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCopy } from "./useCopy";

/** A command line, with a button that copies it. */
export function Command({ text }: { text: string }) {
  const { copied, copy } = useCopy();
  return (
    <Group gap="xs" wrap="nowrap" maw="100%">
      <Code fz="sm" px="sm" py="xs" style={{ overflowWrap: "anywhere" }}>
        {text.split(" ").map((word, place) => (
          <Fragment key={place}>
            {place > 0 && " "}
            <span style={{ display: "inline-block", maxWidth: "100%" }}>{word}</span>
          </Fragment>
        ))}
      </Code>
      <Tooltip label={copied ? "Copied" : "Copy"}>
        <ActionIcon onClick={() => copy(text)} aria-label="Copy the command">
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
