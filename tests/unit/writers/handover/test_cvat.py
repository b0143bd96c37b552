from pathlib import Path
from xml.etree import ElementTree

from misnomer.writers.handover.cvat import write_cvat
from misnomer.writers.handover.item import Item
from tests.unit.writers.handover.items import CLASSES, handover


def test_suggestions_are_automatic_labels_manual_and_nothing_is_no_tag(tmp_path: Path) -> None:
    items = [
        Item("a.jpg", None, "cat", 'a "b" & <c>', width_px=8, height_px=6),
        Item('b "<é>\n.jpg', None, "två\nrader"),
        Item("c.jpg", None),
    ]
    written = write_cvat(handover(items), tmp_path / "out.xml")
    root = ElementTree.parse(tmp_path / "out.xml").getroot()
    assert root.findtext("version") == "1.1"
    assert [name.text for name in root.iterfind("meta/task/labels/label/name")] == list(CLASSES)
    images = root.findall("image")
    assert [image.attrib for image in images] == [
        {"id": "0", "name": "a.jpg", "width": "8", "height": "6"},
        {"id": "1", "name": 'b "<é>\n.jpg'},
        {"id": "2", "name": "c.jpg"},
    ]
    assert [[tag.attrib for tag in image] for image in images] == [
        [{"label": 'a "b" & <c>', "source": "auto"}],
        [{"label": "två\nrader", "source": "manual"}],
        [],
    ]
    assert written.notes == ("1 without suggestion and label, so without a tag",)


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    write_cvat(handover([Item("a\x00\x1b.jpg", None)]), tmp_path / "out.xml")
    image = ElementTree.parse(tmp_path / "out.xml").getroot().find("image")
    assert image is not None and image.get("name") == "a\ufffd\ufffd.jpg"
