"""The Arrow tables that readers of images and of labels yield."""

import pyarrow as pa

# What a reader of images yields: one row a sample, in the order that its tool would number them
# (ImageFolder: byte-wise sorted). Further columns are the user's: numeric ones metrics, others metadata.
IMAGE_COLUMNS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # POSIX path relative to the root, or the user's own id
        pa.field("path", pa.string()),  # relative to the root, or absolute, or a URL; null without an image
        pa.field("label", pa.string()),  # class name; null: unlabelled
        pa.field("split", pa.string()),  # train, val, test, …; null: none
    ]
)

# What a reader of labels yields.
LABEL_COLUMNS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("label", pa.string()),
        pa.field("split", pa.string()),
    ]
)
