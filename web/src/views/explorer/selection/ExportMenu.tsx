import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useProject } from "../../../api/queries";
import type { Filter } from "../../../state/filter";
import { useScope } from "../../../state/hooks";
import { downloadExport } from "../api";

/** Download exactly these samples, in any format there is. */
export function ExportMenu({ filter, onError }: { filter: () => Filter; onError: (problem: Error | null) => void }) {
  const { model, labels } = useScope();
  const formats = useProject().data?.export_formats ?? [];
  const [busy, setBusy] = useState(false);
  const download = (format: string) => {
    setBusy(true);
    onError(null);
    downloadExport(format, filter(), { model, labels })
      .catch((problem: Error) => onError(problem))
      .finally(() => setBusy(false));
  };
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button leftSection={<IconDownload size={14} aria-hidden />} loading={busy}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ name, title, description }) => (
          <Menu.Item key={name} onClick={() => download(name)} title={description}>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
