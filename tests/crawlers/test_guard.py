"""Which addresses are outside, and that a name is judged by the addresses it is then connected to."""

import ipaddress

import pytest
from twisted.internet.address import IPv4Address

from crawlers.guard import GuardedResolver, is_ip_literal, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  not bound to
        "0.1.2.3",
        "192.0.0.1",
        "192.0.2.7",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.1.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2001:0:7f00:1::1",
        "::127.0.0.1",
    ],
)
def test_inside(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "104.16.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_outside(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("fe80::1%eth0", True), ("a.test", False), ("1.a", False)],
)
def test_addresses_for_names(host, expected):
    assert is_ip_literal(host) is expected


class Lookups:
    """A name server whose answer changes with every question."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def resolveHostName(self, receiver, _, port, *__):  # noqa: N802, D102  named by Twisted
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()


class Connecting:
    """What Twisted would connect to."""

    def __init__(self):
        self.addresses = []
        self.is_complete = False

    def resolutionBegan(self, _):  # noqa: N802, D102  idem
        pass

    def addressResolved(self, address):  # noqa: N802, D102  idem
        self.addresses.append((address.host, address.port))

    def resolutionComplete(self):  # noqa: N802, D102  idem
        self.is_complete = True


def connect(guard, host="name.test", port=80):
    connecting = Connecting()
    guard.resolveHostName(connecting, host, port)
    assert connecting.is_complete
    return connecting.addresses


def test_a_name_that_rebinds_is_refused_at_the_second_connection():
    guard = GuardedResolver(None, Lookups(["8.8.8.8"], ["127.0.0.1"], ["8.8.8.8"]), {})
    assert connect(guard) == [("8.8.8.8", 80)]
    assert guard.refusal_of("name.test") is None
    assert connect(guard) == []
    assert "127.0.0.1" in guard.refusal_of("name.test")
    assert connect(guard) == [("8.8.8.8", 80)]
    assert guard.refusal_of("name.test") is None


def test_one_inside_address_spoils_a_name():
    assert connect(GuardedResolver(None, Lookups(["8.8.8.8", "10.0.0.1"]), {})) == []


def test_the_endpoint_map_holds_for_exactly_host_and_port():
    guard = GuardedResolver(None, Lookups(["10.0.0.1"], ["10.0.0.1"]), {"name.test:443": "127.0.0.1:4433"})
    assert connect(guard, port=443) == [("127.0.0.1", 4433)]
    assert connect(guard, port=80) == []
    assert connect(guard, host="other.test", port=443) == []
