import { Modal, TextInput } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { useProject } from "../../api/queries";
import { matching } from "../../ui/ChoiceList";
import classes from "./LabelReview.module.css";

const SHOWN = 12;

interface ClassPickerProps {
  opened: boolean;
  onClose: () => void;
  onPick: (label: string) => void;
}

/** Any class of the project by a few letters of its name: arrows choose, Enter takes. */
export function ClassPicker({ opened, onClose, onPick }: ClassPickerProps) {
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  const list = useId();
  const names = (useProject().data?.classes ?? []).map(({ name, sample_count }) => ({ value: name, count: sample_count }));
  const found = matching(names, text);
  const shown = found.slice(0, SHOWN);
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setPlace((place + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(1, shown.length));
    }
    if (event.key === "Enter" && shown[place]) {
      event.preventDefault();
      onPick(shown[place].value);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Which class is it?" closeButtonProps={{ "aria-label": "Close" }}>
      <TextInput
        value={text}
        onChange={(event) => { setText(event.currentTarget.value); setPlace(0); }}
        onKeyDown={press}
        aria-label="Search classes"
        placeholder="Search classes"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={shown[place] ? `${list}-${place}` : undefined}
        size="sm"
        mb="sm"
        data-autofocus
      />
      <div role="listbox" id={list} aria-label="Classes">
        {shown.map(({ value }, index) => (
          <div key={value} id={`${list}-${index}`} role="option" aria-selected={index === place} className={classes.option} onMouseEnter={() => setPlace(index)} onClick={() => onPick(value)}>
            {value}
          </div>
        ))}
      </div>
      <p className={classes.more}>{found.length === 0 ? `No class has “${text}” in its name.` : found.length > SHOWN ? `${found.length - SHOWN} more; type to find them` : " "}</p>
    </Modal>
  );
}
