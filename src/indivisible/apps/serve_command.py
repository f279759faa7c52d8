"""`indivisible serve`: the workbench in the browser, on one's own machine."""

from __future__ import annotations

from collections.abc import Sequence

import click

from indivisible.errors import QuestionError


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another address than this machine's demands --token."
)
@click.option("--port", default=8383, show_default=True, type=click.IntRange(0, 65535))
@click.option("--token", default="", help="Whoever opens the page has to know it; `new` makes one up.")
@click.option("--overlay", "overlays", metavar="DIR", multiple=True, help="Lay your own claims over the record.")
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes for slow questions."
)
@click.option("--seconds", default=300.0, show_default=True, help="Longest time for one question.")
@click.option("--open", "browse", is_flag=True, help="Open the page in the browser.")
def serve(
    host: str, port: int, token: str, overlays: Sequence[str], workers: int, seconds: float, browse: bool
) -> None:
    """Open the workbench: map, network, changes, compliance, councils and history in the browser, offline.

    Ctrl-C ends it. Nothing leaves this machine.
    """
    from indivisible.apps.web.guard import is_loopback_address

    if token == "new":
        import secrets

        token = secrets.token_urlsafe(24)
    if not is_loopback_address(host) and not token:
        raise QuestionError(f"at {host} others could ask too", where="--host", do="add --token new")
    if not seconds > 0:
        raise QuestionError(f"{seconds:g} seconds are no time", where="--seconds", do="give more than 0")
    from indivisible.apps.desk import load
    from indivisible.apps.web.limits import Limits
    from indivisible.apps.web.server import run

    def opened(address: str) -> None:
        click.echo(f"The workbench is at {address}\nCtrl-C ends it.")
        if browse:
            import webbrowser

            webbrowser.open(address)

    limits = Limits(workers=workers, seconds=seconds)
    run(load(overlays=overlays), host=host, port=port, token=token, limits=limits, opened=opened)
