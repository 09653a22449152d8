"""Run the replica until Enter is pressed: `python -m flows.demo.replica`."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.demo.replica import DEMO_DAY, Replica, Setting


def main(
    now: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Kyiv day of night 1.")] = datetime(  # noqa: DTZ001 - a day
        DEMO_DAY.year, DEMO_DAY.month, DEMO_DAY.day
    ),
    folder: Annotated[Path | None, typer.Option(help="Keep authority and access log here.")] = None,
    *,
    misbehave: Annotated[bool, typer.Option(help="Add what outlets should not do.")] = False,
    pravda_blocks: Annotated[bool, typer.Option(help="Ukrainska Pravda's sitemaps and lists answer 403.")] = True,
) -> None:
    """Play the four outlets on this machine and print where.

    Example: python -m flows.demo.replica --misbehave
    """
    setting = Setting(now=now.date(), misbehave=misbehave, pravda_blocks=pravda_blocks)
    with (
        tempfile.TemporaryDirectory(prefix="zaporuka-replica-") as temporary,
        Replica(folder or Path(temporary), setting=setting) as replica,
    ):
        typer.echo(json.dumps(replica.endpoints, indent=1))
        typer.echo(f"authority: {replica.ca_file}\naccess log: {replica.access_log}")
        for night in (1, 2):
            replica.night = night
            counts = {slug: count.listed for slug, count in replica.truth(night).outlets.items()}
            typer.echo(f"night {night}, {replica.setting.day(night)}, listed within 14 days: {counts}")
            typer.prompt("Enter goes on", default="", show_default=False)


if __name__ == "__main__":
    typer.run(main)
