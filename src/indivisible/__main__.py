"""Run as `python -m indivisible`."""

from indivisible.apps.cli import run

if __name__ == "__main__":
    run()
