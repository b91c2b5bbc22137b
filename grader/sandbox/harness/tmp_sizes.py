"""Of the private folder, as it is mounted for every session; a judge may ask for other sizes."""

TMP_BYTES, TMP_FILES = 64 << 20, 2048
