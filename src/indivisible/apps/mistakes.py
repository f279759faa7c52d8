"""What a user sees when something goes wrong: one clear line on standard error, and a documented exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from indivisible.errors import FileError, IndivisibleError

TRACEBACK = "INDIVISIBLE_TRACEBACK"  # set it to see where a fault of the program itself arose


def exit_code_of(command: Callable[[], Any]) -> int:
    """Run a command to its end; whatever stops it is said in one line, and becomes its exit code."""
    if sys.stdout is None:
        return _say("standard output is closed (nothing can be printed)", FileError.exit_code)
    try:
        code = command()
        sys.stdout.flush()
    except IndivisibleError as problem:
        return _say(str(problem), problem.exit_code)
    except click.exceptions.NoArgsIsHelpError as problem:
        problem.show()
        return problem.exit_code
    except click.UsageError as problem:
        path = problem.ctx.command_path if problem.ctx else "indivisible"
        return _say(f"{problem.format_message().rstrip('.')} (see: {path} --help)", problem.exit_code)
    except click.ClickException as problem:
        return _say(problem.format_message(), problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted", 1)
    except OSError as problem:
        return code_of_broken(problem)
    except Exception as problem:
        if os.environ.get(TRACEBACK):
            raise
        return _say(f"a fault of the program itself: {_where(problem)} (please report it; {TRACEBACK}=1 shows more)", 1)
    return code if isinstance(code, int) else 0


def _say(message: str, code: int) -> int:
    click.echo(f"indivisible: {' '.join(message.split())}", err=True)
    return code


def code_of_broken(problem: OSError) -> int:
    """A reader that has seen enough closes the pipe, which is no mistake; any other failure of a file is one."""
    writing = problem.filename is None
    if writing:
        # what is still waiting to be printed would fail once more when the process ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if problem.errno == errno.EPIPE:
        return 0
    place = "cannot write the answer" if writing else str(problem.filename)
    return _say(f"{place}: {problem.strerror or problem}", FileError.exit_code)


def _where(problem: Exception) -> str:
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
    return f"{type(problem).__name__}: {problem}{place}"
