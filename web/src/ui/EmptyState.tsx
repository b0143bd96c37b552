import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Command } from "./Command";

interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  /** The command that fills the page, to copy. */
  command?: string;
}

/** A page or section without content: how to fill it. */
export function EmptyState({ title, children, command }: EmptyStateProps) {
  return (
    <Stack gap="sm" py="lg" maw={800} align="flex-start">
      <Text fw={600}>{title}</Text>
      {children && (
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      )}
      {command && <Command text={command} />}
    </Stack>
  );
}
