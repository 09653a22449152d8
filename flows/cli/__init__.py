"""The console script `zaporuka`: one room for each verb, errors as one line, exit codes 0, 1 and 2."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from flows.cli import (
    backfill,
    cite,
    compare,
    crawl,
    db,
    demo,
    ingest,
    ledger,
    outlets,
    reprocess,
    review,
    search,
    serve,
    status,
    step,
)
from flows.errors import UserError

app = typer.Typer(
    name="zaporuka",
    help="Reads Ukrainian news and tells, with proof, who has promised Ukraine what security guarantees.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("crawl")(crawl.crawl)
app.command("backfill")(backfill.backfill)
app.command("serve")(serve.serve)
app.command("ingest")(ingest.ingest)
app.command("reprocess")(reprocess.reprocess)
app.command("ledger")(ledger.ledger)
app.command("cite")(cite.cite)
app.command("compare")(compare.compare)
app.command("review")(review.review)
app.command("search")(search.search)
app.command("status")(status.status)
app.command("demo")(demo.demo)
app.add_typer(step.app, name="step")
app.add_typer(outlets.app, name="outlets")
app.add_typer(db.app, name="db")

INTERRUPTED = 130


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer hands the flag over like this
    if asked:
        typer.echo(f"zaporuka {version('zaporuka')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Reads Ukrainian news and tells, with proof, who has promised Ukraine what security guarantees."""


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error and exit code 2, a failure is 1."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code."""
    try:
        outcome = typer.main.get_command(app).main(arguments or ["--help"], prog_name="zaporuka", standalone_mode=False)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        where = context.command_path if context else "zaporuka"
        return _complain(f"{error.format_message()} See: {where} --help", error.exit_code)
    except UserError as error:
        return _complain(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        outcome = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader (say, `head`) has what it wanted
        return 0
    if outcome == INTERRUPTED:  # typer makes this number of Ctrl-C
        return _complain("Stopped. Whole batches are kept; run the same command again to go on.", INTERRUPTED)
    return outcome if isinstance(outcome, int) else 0


def _complain(message: str, exit_code: int) -> int:
    typer.echo(f"zaporuka: {' '.join(message.split())}", err=True)
    return exit_code
