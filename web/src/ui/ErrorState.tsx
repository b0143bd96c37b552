import { Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiError } from "../api/client";

interface ErrorStateProps {
  error: Error;
  onRetry?: () => void;
  /** Fill the window, for when not even the frame can be drawn. */
  whole?: boolean;
}

/** What went wrong, then what to do. */
export function ErrorState({ error, onRetry, whole = false }: ErrorStateProps) {
  const hint = error instanceof ApiError ? error.hint : "Reload the page; if it stays, please report it with this sentence.";
  return (
    <Stack role="alert" gap="sm" py="sm" maw={640} align="flex-start" {...(whole ? { m: "15vh auto", px: "lg" } : {})}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconAlertTriangle size={20} color="var(--wrong)" aria-hidden style={{ flex: "none" }} />
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          {error.message}
        </Text>
      </Group>
      {hint && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {hint}
        </Text>
      )}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </Stack>
  );
}
