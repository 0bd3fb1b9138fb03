"""What ends a run early: trouble is told in a sentence, never as a traceback; after a signal all is cleaned up."""

import signal
import sys
from collections.abc import Callable
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Trouble(Exception):
    """Something the person at the keyboard can mend; its text says how."""


class Stopped(BaseException):
    """Somebody asked us to end: Ctrl-C, SIGTERM or a closed terminal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def told(main: Callable[[], int]) -> int:
    """Run `main`; trouble, a refusing operating system and a signal become a message and an exit status."""
    for number in ENDING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, _stopped)
    try:
        return main()
    except Trouble as trouble:
        print(f"\nKursvis could not go on: {trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nKursvis could not go on: the operating system said: {error}", file=sys.stderr)
        return 1
    except Stopped as stopped:
        return 128 + stopped.number


def _stopped(number: int, frame: FrameType | None) -> None:
    for each in ENDING:  # once is enough: the cleaning up is not to be interrupted
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)
