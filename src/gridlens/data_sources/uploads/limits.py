"""What an uploaded file may ask of this machine."""

MAX_COLUMNS = 2_000
MAX_FIELD_BYTES = 1 << 20
# A line holds every field of a row, so it may be longer than one field; past this it is no table.
MAX_LINE_BYTES = 4 << 20
MAX_NAME_LENGTH = 200
MAX_NESTING = 10

# How far a packed file may unfold. Below the floor a high ratio is honest: constants pack to nothing.
MAX_RATIO = 100
RATIO_FLOOR_BYTES = 1 << 30

LISTED_BAD_ROWS = 1_000
SHOWN_TEXT_LENGTH = 500

# One step of reading. Everything held in memory is a small multiple of this.
CHUNK_BYTES = 2 << 20
