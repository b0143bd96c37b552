import { Group, Kbd, Modal, Table, Text } from "@mantine/core";

/** Keys by where they work. A page that has keys of its own adds a group here. */
const KEYS: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [["?"], "this sheet"],
      [["Tab"], "to the next control; Shift Tab back"],
      [["Esc"], "close what is open"],
      [["Alt", "←"], "back: undoes the last change of filter or page"],
    ],
  },
  {
    title: "Explorer",
    keys: [
      [["←", "→", "↑", "↓"], "from image to image; also in the open one's panel"],
      [["Home", "End"], "to the first, the last"],
      [["PgUp", "PgDn"], "by a window's height"],
      [["Enter"], "open the image"],
      [["Esc"], "close it; then clear the selection"],
      [["Space"], "select the image, or not"],
      [["Shift"], "with arrows, Space or a click: select all from the last one"],
      [["Ctrl", "A"], "select all images of the filter"],
      [["t"], "tag what is selected, or the image"],
      [["Ctrl", "Z"], "undo the last tagging"],
      [["n"], "write a note on the image"],
      [["m"], "more like these: similar images"],
      [["[", "]"], "smaller, larger images in the grid"],
      [["+", "−", "0"], "zoom the open image; fit it"],
    ],
  },
  {
    title: "Review",
    keys: [
      [["1"], "keep the label"],
      [["2"], "take the suggestion"],
      [["/"], "another class"],
      [["s"], "skip"],
      [["u"], "undo"],
    ],
  },
  {
    title: "Map",
    keys: [
      [["←", "→", "↑", "↓"], "move the map"],
      [["+", "−"], "zoom; so does the wheel"],
      [["0"], "show all"],
      [["Enter"], "take what is in view as a filter"],
      [["Shift"], "with dragging: draw a region"],
      [["Esc"], "give up the region"],
    ],
  },
];

export function KeyboardSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size="52rem" closeButtonProps={{ "aria-label": "Close" }}>
      <div style={{ columns: "2 20rem", columnGap: 32 }}>
        {KEYS.map((group) => (
          <div key={group.title} style={{ breakInside: "avoid", paddingBottom: 16 }}>
            <Text fw={600} mb="xs">
              {group.title}
            </Text>
            <Table verticalSpacing={4} withRowBorders={false} aria-label={group.title}>
              <Table.Tbody>
                {group.keys.map(([keys, does]) => (
                  <Table.Tr key={does}>
                    <Table.Td w={120}>
                      <Group gap={4}>
                        {keys.map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </Group>
                    </Table.Td>
                    <Table.Td>{does}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ))}
      </div>
    </Modal>
  );
}
