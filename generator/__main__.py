"""Starts the command line, and keeps a fault of the program apart from errors in its input."""

import os
import sys
from io import TextIOWrapper
from types import TracebackType

from generator.cli import main

CRASHED, INTERRUPTED = 70, 130
"""sysexits.h's EX_SOFTWARE and the shell's 128 + SIGINT: exit code 1 is for input with errors."""


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An uncaught exception would exit with 1 as well, so its traceback is printed and the process ends here."""
    interrupted = issubclass(kind, KeyboardInterrupt)
    if not interrupted:
        sys.__excepthook__(kind, error, trace)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED if interrupted else CRASHED)


if __name__ == "__main__":
    sys.excepthook = _crash
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no Chinese is no reason to stop
    raise SystemExit(main())
