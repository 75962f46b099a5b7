"""What can be wrong with the input, told so that an editor can mend it."""

from __future__ import annotations

from functools import partial


class ArchiveError(Exception):
    """Broken input: names the file, the place, what was expected, what was found and the remedy.

    The parts are Chinese sentences or fragments, for editors. `str(error)` is the whole message on
    one line a part; nothing of it is ever half a sentence.
    """

    def __init__(self, file: str, *, expected: str, found: str, remedy: str, line: int | None = None) -> None:
        self.file = file
        self.line = line
        self.expected = expected
        self.found = found
        self.remedy = remedy
        place = file if line is None else f"{file} 第 {line} 行"
        super().__init__(f"{place}\n  应当：{expected}\n  实际：{found}\n  办法：{remedy}")

    def __reduce__(self) -> tuple[partial[ArchiveError], tuple[()]]:
        """Lets the error travel between processes, its parts whole."""
        whole = partial(
            type(self), self.file, expected=self.expected, found=self.found, remedy=self.remedy, line=self.line
        )
        return whole, ()


class SourceError(ArchiveError):
    """A source file that cannot be read as a page."""


class AuthorityError(ArchiveError):
    """An authority file that breaks its own rules."""


class CorrectionError(ArchiveError):
    """A correction that cannot be read, or that no longer applies to its page."""


class OutputError(ArchiveError):
    """A file of the site that cannot be put in its place."""
