import { Stack, Text } from "@mantine/core";
import type { ImportFinding, Project } from "../../api/types";
import { Section } from "../../ui/Section";
import { formatCount } from "../../ui/format";

/** What each import recognised and matched, and every oddity it met. */
export function ImportReport({ reports }: { reports: Project["report"] }) {
  if (reports.length === 0) return null;
  return (
    <Section title="Imports">
      <Stack gap="md">
        {reports.map((report, place) => (
          <div key={place}>
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              <b>
                {report.content}
                {report.model ? ` of ${report.model}` : ""}
              </b>{" "}
              from {report.source}: {report.format}
            </Text>
            <Text size="sm" c="dimmed">
              {Object.entries(report.counts)
                .filter(([, count]) => count > 0)
                .map(([name, count]) => `${formatCount(count)} ${name}`)
                .join(" · ")}
            </Text>
            {report.findings.map((finding) => (
              <Finding key={finding.kind + finding.sentence} finding={finding} />
            ))}
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function Finding({ finding }: { finding: ImportFinding }) {
  return (
    <details>
      <summary style={{ fontSize: "0.875rem", cursor: "pointer" }}>{finding.sentence}</summary>
      <Text size="sm" c="dimmed" pl="lg" component="div" style={{ overflowWrap: "anywhere" }}>
        {finding.detail}
        {finding.keys.length > 0 && (
          <ul>
            {finding.keys.map((key) => (
              <li key={key}>{key}</li>
            ))}
            {finding.count > finding.keys.length && <li>and {formatCount(finding.count - finding.keys.length)} more</li>}
          </ul>
        )}
      </Text>
    </details>
  );
}
