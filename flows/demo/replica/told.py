"""What another process is told of a running replica, so that it asks the replica instead of the outlets."""

import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from flows.demo.replica.setting import SLUGS

DEMO_AGENT = "zaporuka-demo (a server on this machine)"
DEMO_PACE_S = 0.05


def _is_on_this_machine(address: str) -> str:
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 1 << 16 or not ipaddress.ip_address(host).is_loopback:
        message = f"{address!r} is no port of this machine"
        raise ValueError(message)
    return address


def _is_there(path: Path) -> Path:
    if not path.is_file():
        message = f"{str(path)!r} is not there; the replica has ended: start it anew"
        raise ValueError(message)
    return path


class Told(BaseModel):
    """How a replica is fetched.

    `outlets` are the slugs of those that are played. `endpoints` leads "host:port" of an outlet to a port of this
    machine, `ca_file` are the certificates to trust for it. `moment` is what the replica's clock showed when this was
    written, `clock_offset` what it is ahead of this machine's. `delay_s` are seconds from the start of one request to
    the start of the next at one outlet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, ser_json_timedelta="float")

    outlets: tuple[str, ...] = Field(SLUGS, min_length=1)
    endpoints: dict[str, Annotated[str, AfterValidator(_is_on_this_machine)]] = Field(min_length=1)
    ca_file: Annotated[Path, AfterValidator(_is_there)]
    moment: AwareDatetime
    clock_offset: timedelta = Field(alias="clock_offset_s")
    user_agent: str = DEMO_AGENT
    delay_s: float = Field(DEMO_PACE_S, ge=0, allow_inf_nan=False)


def write_told(told: Told, path: Path) -> None:
    """Write the file; who reads it meanwhile gets the old one whole or the new one whole. Raises OSError."""
    half = path.with_name(f"{path.name}.half")
    half.write_text(told.model_dump_json(by_alias=True, indent=1) + "\n", encoding="utf-8")
    half.replace(path)


def read_told(path: Path) -> Told:
    """Read what `Replica.describe` wrote. Raises ValueError, in one line that names the file and says what is amiss."""
    try:
        return Told.model_validate_json(path.read_bytes())
    except OSError as error:
        message = f"{path}: {error.strerror}; python -m flows.demo.replica --describe {path} writes it"
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = f"{path}: {field + ': ' if field else ''}{first['msg'].removeprefix('Value error, ')}"
    raise ValueError(message)
