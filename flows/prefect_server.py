"""`python -m flows.prefect_server PORT`: Prefect's server on loopback, on the leash of whoever started it."""

import sys

import uvicorn

from crawlers.leash import take_leash
from flows.orchestrator import LOOPBACK


def main(port: int) -> None:
    """Serve until standard input ends or SIGTERM comes."""
    take_leash()
    uvicorn.run("prefect.server.api.server:create_app", factory=True, host=LOOPBACK, port=port, log_level="error")


if __name__ == "__main__":
    main(int(sys.argv[1]))
