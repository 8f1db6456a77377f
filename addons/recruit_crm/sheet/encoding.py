"""The text of a file whose encoding nobody told, also when it is not one."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins the same
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data):
    """Return the text of a CSV file.

    By its byte order mark; else UTF-16 when every other byte is zero, UTF-8, and line
    by line UTF-8 or Windows-1252 where people pasted two files together.

    :param bytes data: the file
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    for name, zeros in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[0:200:2])):
        if zeros and not any(zeros):
            return data.decode(name, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(map(_decode_line, data.splitlines(keepends=True)))


def _decode_line(line):
    try:
        return line.decode()
    except UnicodeDecodeError:
        # the five bytes that Windows-1252 leaves out are Latin-1 controls
        return line.decode("cp1252", errors="replace")
