"""Certificates are checked, one more authority may be trusted, and a host that has nothing for us is left alone."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.manners import SILENT_IN_A_ROW

ASKED = SILENT_IN_A_ROW + 5


def certificate(names, signer=None):
    """A certificate for hosts, or, without a signer, of an authority; gives it with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    issuer, issuer_key = (signer[0].subject, signer[1]) if signer else (subject, key)
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=signer is None, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName(map(x509.DNSName, names)), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()), key


def pem(made):
    key = made[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made[0].public_bytes(serialization.Encoding.PEM) + key


@pytest.fixture(scope="module")
def outcomes(spider, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    authority = certificate(["authority.test"])
    (folder / "ca.pem").write_bytes(authority[0].public_bytes(serialization.Encoding.PEM))
    (folder / "site.pem").write_bytes(pem(certificate(["good.test", "busy.test"], authority)))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "site.pem")
    with spider.site(tls=context) as site:
        hosts = ["good.test", "other-name.test", "busy.test"]
        limits = site.limits(hosts, 0.002, ca_file=str(folder / "ca.pem"), obey_robots=False)
        here = f"127.0.0.1:{site.port}"
        limits["endpoints"] = {"good.test:443": here, "other-name.test:443": here, "busy.test:443": here}
        requests = [spider.ask(f"https://{host}/page") for host in hosts[:2]]
        requests += [spider.ask(f"https://busy.test/{n}") for n in range(ASKED)]
        site.routes |= {("busy.test", f"/{n}"): spider.reply(b"", 503) for n in range(ASKED)}
        for ca_file in (limits["ca_file"], None):
            out = folder / f"out-{bool(ca_file)}"
            plan = spider.write_plan(folder, limits | {"ca_file": ca_file}, requests)
            process = spider.start(plan, out)
            assert (process.communicate(timeout=30)[1], process.returncode) == ("", 0)
        return spider.outcomes_in(folder / "out-True"), spider.outcomes_in(folder / "out-False"), site.hits


def test_the_plan_s_authority_is_trusted(outcomes):
    assert outcomes[0]["https://good.test/page"]["outcome"] == "fetched"


def test_a_certificate_for_another_name_is_refused(outcomes):
    assert outcomes[0]["https://other-name.test/page"]["outcome"] == "no_response"


def test_an_unknown_authority_is_refused(outcomes):
    assert outcomes[1]["https://good.test/page"]["outcome"] == "no_response"
    assert "certificate" in outcomes[1]["https://good.test/page"]["detail"]
    assert {hit.host for hit in outcomes[2]} == {"good.test", "busy.test"}


def test_a_host_that_has_nothing_for_us_is_left_alone(outcomes):
    outcomes = [outcomes[0][f"https://busy.test/{n}"]["outcome"] for n in range(ASKED)]
    assert outcomes == ["server_error"] * SILENT_IN_A_ROW + ["no_response"] * (ASKED - SILENT_IN_A_ROW)
