import { ActionIcon, Group, Menu, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconKeyboard, IconLink, IconMenu2, IconMoon, IconSun } from "@tabler/icons-react";
import { useLocation } from "wouter";
import { useProject } from "../api/queries";
import { useFilter, useLabels, useModel } from "../state/hooks";
import { isEmpty } from "../state/filter";
import { BarButton } from "./BarButton";
import { ClassFilter } from "./ClassFilter";
import { FilterChips } from "./FilterChips";
import { ShownCounts } from "./ShownCounts";
import classes from "./TopBar.module.css";
import { projectName } from "./projectName";
import { useCopy } from "./useCopy";

/** The filter, the same on every page: model, classes, every other condition; and how many images that leaves. */
export function TopBar({ onMenu, onKeys }: { onMenu: () => void; onKeys: () => void }) {
  const project = useProject().data;
  const [filter, setFilter] = useFilter();
  return (
    <header className={classes.bar}>
      <div className={classes.filters}>
        <ActionIcon className={classes.menu} onClick={onMenu} aria-label="Menu">
          <IconMenu2 size={20} />
        </ActionIcon>
        <Text fw={600} size="sm" className={classes.project} title={project?.path}>
          {project ? projectName(project.path) : " "}
        </Text>
        <ModelMenu />
        <ClassFilter />
        <FilterChips />
        {!isEmpty(filter) && (
          <button type="button" className={classes.clear} onClick={() => setFilter({})}>
            clear all
          </button>
        )}
      </div>
      <div className={classes.end}>
        <ShownCounts />
        <Group gap={0} wrap="nowrap">
          <CopyLink />
          <ThemeSwitch />
          <Tooltip label="Keyboard ( ? )">
            <ActionIcon onClick={onKeys} aria-label="Keyboard">
              <IconKeyboard size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </div>
    </header>
  );
}

function ModelMenu() {
  const project = useProject().data;
  const [model, setModel] = useModel();
  const [labels, setLabels] = useLabels();
  const [path] = useLocation();
  if (!project || project.models.length === 0 || path === "/model/compare") return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <BarButton name="model" value={labels === "corrected" ? `${model} · corrected labels` : (model ?? "none")} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Predictions of</Menu.Label>
        {project.models.map((one) => (
          <Menu.Item key={one.name} onClick={() => setModel(one.name)} leftSection={<Check shown={one.name === model} />}>
            {one.name}
          </Menu.Item>
        ))}
        <Menu.Label>Compared with labels</Menu.Label>
        <Menu.Item onClick={() => setLabels("given")} leftSection={<Check shown={labels === "given"} />}>
          as given
        </Menu.Item>
        <Menu.Item onClick={() => setLabels("corrected")} leftSection={<Check shown={labels === "corrected"} />}>
          as corrected in the review
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Check({ shown }: { shown: boolean }) {
  return <IconCheck size={14} aria-hidden style={{ visibility: shown ? "visible" : "hidden" }} />;
}

function CopyLink() {
  const { copied, copy } = useCopy();
  return (
    <Tooltip label={copied ? "Copied" : "Copy a link to what is shown"}>
      <ActionIcon onClick={() => copy(location.href)} aria-label="Copy link">
        {copied ? <IconCheck size={18} /> : <IconLink size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function ThemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <Tooltip label={dark ? "Light" : "Dark"}>
      <ActionIcon onClick={() => setColorScheme(dark ? "light" : "dark")} aria-label={dark ? "Light theme" : "Dark theme"}>
        {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
