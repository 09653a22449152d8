"""Run the replica until Enter is pressed: `python -m flows.demo.replica`."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.demo.replica import DEMO_DAY, Fault, Replica, Setting
from flows.demo.replica.setting import SLUGS


def main(
    now: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Kyiv day of night 1.")] = datetime(  # noqa: DTZ001 - a day
        DEMO_DAY.year, DEMO_DAY.month, DEMO_DAY.day
    ),
    folder: Annotated[Path | None, typer.Option(help="Keep authority and access log here.")] = None,
    describe: Annotated[
        Path | None, typer.Option(help="Write here how another process fetches this replica instead of the outlets.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(help=f"What befalls an outlet from night 2 on, as ukrinform=drift: {', '.join(Fault)}."),
    ] = None,
    *,
    few: Annotated[bool, typer.Option("--few", help="About 20 articles a day instead of 110.")] = False,
    misbehave: Annotated[bool, typer.Option(help="Add what outlets should not do.")] = False,
    pravda_blocks: Annotated[bool, typer.Option(help="Ukrainska Pravda's sitemaps and lists answer 403.")] = True,
) -> None:
    """Play the four outlets on this machine and print where.

    Example: python -m flows.demo.replica --misbehave
    """
    setting = Setting(
        now=now.date(),
        misbehave=misbehave,
        pravda_blocks=pravda_blocks,
        amount="few" if few else "full",
        faults=dict(_read_fault(said) for said in fault or ()),
    )
    with (
        tempfile.TemporaryDirectory(prefix="zaporuka-replica-") as temporary,
        Replica(folder or Path(temporary), setting=setting) as replica,
    ):
        typer.echo(json.dumps(replica.endpoints, indent=1))
        if describe:
            replica.describe(describe)
        typer.echo(f"authority: {replica.ca_file}\naccess log: {replica.access_log}")
        for night in (1, 2):
            replica.night = night
            counts = {slug: count.listed for slug, count in replica.truth(night).outlets.items()}
            typer.echo(f"night {night}, {replica.setting.day(night)}, listed within 14 days: {counts}")
            typer.prompt("Enter goes on", default="", show_default=False)


def _read_fault(said: str) -> tuple[str, Fault]:
    slug, _, name = said.partition("=")
    if slug not in SLUGS or name not in set(Fault):
        message = f"{said!r} is not an outlet of {', '.join(SLUGS)} with =, then one of {', '.join(Fault)}"
        raise typer.BadParameter(message)
    return slug, Fault(name)


if __name__ == "__main__":
    typer.run(main)
