import { ActionIcon, Group, Progress, Stack, Text, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { send } from "../api/client";
import { useServerEvents } from "../api/events";
import { useJobs } from "../api/queries";
import type { Job } from "../api/types";
import { formatPercent, formatSeconds } from "./format";

/** Running jobs with their progress; each can be stopped, and goes on from there when it is started again. */
export function Jobs({ folded }: { folded: boolean }) {
  useServerEvents();
  const running = (useJobs().data ?? []).filter((job) => job.state === "running" || job.state === "waiting" || job.state === "failed");
  if (running.length === 0) return null;
  return (
    <Stack gap="sm" mt="auto" pt="sm" role="status" aria-label="Running jobs" style={{ borderTop: "1px solid var(--hairline)" }}>
      {running.map((job) => (
        <JobProgress key={job.id} job={job} folded={folded} />
      ))}
    </Stack>
  );
}

function JobProgress({ job, folded }: { job: Job; folded: boolean }) {
  const queries = useQueryClient();
  const title = job.step ?? job.steps[0] ?? "job";
  const share = job.total > 0 ? job.done / job.total : 0;
  const percent = formatPercent(Math.floor(share * 100) / 100, 0);
  const stop = () => void send("DELETE", `jobs/${job.id}`).finally(() => void queries.invalidateQueries({ queryKey: ["jobs"] }));
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" px={folded ? 0 : 8}>
        <Text size="xs" truncate>
          {folded ? percent : `${title} ${job.state === "failed" ? "failed" : percent}`}
        </Text>
        {!folded && (
          <Tooltip label={job.state === "failed" ? "Put away" : "Stop; what is done stays done"}>
            <ActionIcon size={20} onClick={stop} aria-label={`Stop ${title}`}>
              <IconX size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Progress value={share * 100} size={4} mx={folded ? 0 : 8} aria-label={`${title}: ${percent}`} {...(job.state === "failed" ? { color: "var(--wrong)" } : {})} />
      {!folded && (job.problem || job.seconds_left) && (
        <Text size="xs" c="dimmed" px={8}>
          {job.problem ?? `${formatSeconds(job.seconds_left ?? 0)} left`}
        </Text>
      )}
    </div>
  );
}
