"""The address guard: names are looked up here, and a name that leads inside leads nowhere.

Twisted connects to exactly the addresses its resolver hands over, with no second look-up in between; so what is
refused here is never connected to, and a name that answers differently the second time gains nothing.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any, Protocol, Self

from twisted.internet.address import IPv4Address, IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


class Receiver(Protocol):
    """Who waits for the addresses of a name (Twisted's IResolutionReceiver, in types)."""

    def resolutionBegan(self, resolutionInProgress: Any) -> None: ...  # noqa: N802, N803, D102, ANN401  named by Twisted
    def addressResolved(self, address: Any) -> None: ...  # noqa: N802, D102, ANN401  idem
    def resolutionComplete(self) -> None: ...  # noqa: N802, D102  idem


class GuardRefusedError(Exception):
    """A request that would have left the public internet; the message says what it met."""


def is_public(ip: Ip) -> bool:
    """Whether an address belongs to the public internet, and so do all addresses wrapped in it."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None or ip.is_site_local:
            return False
        if ip in NAT64:
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        wrapped = [ip.sixtofour, *(ip.teredo or ())]
        if not all(is_public(inner) for inner in wrapped if inner is not None):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def is_ip_literal(host: str) -> bool:
    """Whether a host is written as an address instead of a name."""
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


class GuardedResolver:
    """Twisted's name resolver behind the guard.

    A name is refused if any of its addresses is not public. `endpoints` maps `host:port` to the `ip:port` it is led
    to instead, unchecked: exactly those, for replicas on this machine.
    """

    def __init__(self, reactor: Any, inner: Any, endpoints: Mapping[str, str]) -> None:  # noqa: ANN401  Twisted's interfaces have no types
        self._reactor = reactor
        self._inner = inner
        self._endpoints = endpoints
        self._refusals: dict[str, str] = {}
        self._looked_up: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:  # noqa: ANN401  Scrapy hands over its process here
        """Built by Scrapy: `ENDPOINTS` of the settings is the endpoint map."""
        return cls(reactor, reactor.nameResolver, crawler.settings.getdict("ENDPOINTS"))

    def install_on_reactor(self) -> None:
        """Called by Scrapy before the reactor runs."""
        self._reactor.installNameResolver(self)

    def refusal_of(self, host: str) -> str | None:
        """Why the latest look-up of a host was refused, or None."""
        return self._refusals.get(host)

    def looked_up_since(self, host: str, moment: float) -> bool:
        """Whether a host was looked up (so a connection was opened) at or after a moment of the monotonic clock."""
        return self._looked_up.get(host, -1.0) >= moment

    def resolveHostName(  # noqa: N802  named by Twisted
        self,
        resolutionReceiver: Receiver,  # noqa: N803  idem
        hostName: str,  # noqa: N803  idem
        portNumber: int = 0,  # noqa: N803  idem
        addressTypes: Sequence[Any] | None = None,  # noqa: N803  idem
        transportSemantics: str = "TCP",  # noqa: N803  idem
    ) -> Any:  # noqa: ANN401  a handle to cancel it by
        """Look a name up; see twisted.internet.interfaces.IHostnameResolver."""
        self._looked_up[hostName] = monotonic()
        self._refusals.pop(hostName, None)
        checking = _Checking(self, resolutionReceiver, hostName)
        if target := self._endpoints.get(f"{hostName}:{portNumber}"):
            ip, _, port = target.rpartition(":")
            kind = IPv6Address if ":" in ip else IPv4Address
            resolution = _Resolution(hostName)
            resolutionReceiver.resolutionBegan(resolution)
            resolutionReceiver.addressResolved(kind("TCP", ip.strip("[]"), int(port)))
            resolutionReceiver.resolutionComplete()
            return resolution
        return self._inner.resolveHostName(checking, hostName, portNumber, addressTypes, transportSemantics)

    def refuse(self, host: str, why: str) -> None:
        """Note that a host leads inside."""
        self._refusals[host] = why


class _Resolution:
    """A look-up that needed no waiting."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is under way."""


class _Checking:
    """Collects all addresses of a name and passes them on if every one of them is public."""

    def __init__(self, guard: GuardedResolver, receiver: Receiver, host: str) -> None:
        self._guard = guard
        self._receiver = receiver
        self._host = host
        self._addresses: list[Any] = []

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803, ANN401  named by Twisted
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802, ANN401  idem
        self._addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802  idem
        inside = sorted({a.host for a in self._addresses if not is_public(ipaddress.ip_address(a.host))})
        if inside:
            self._guard.refuse(self._host, f"{self._host} leads to {', '.join(inside)}")
        else:
            for address in self._addresses:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()
