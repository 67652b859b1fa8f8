"""Which addresses may be connected."""

from ipaddress import ip_address

import pytest

from gridlens.core.addresses import AddressRefused
from gridlens.data_sources.addresses import AddressPolicy
from gridlens.data_sources.errors import SourceUnreachable

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.9",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "192.0.0.8",
        "224.0.1.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "::10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b:1::a00:1",
        "fec0::1",
        "192.88.99.1",
    ],
)
def test_addresses_that_are_not_public_are_refused_by_default(address):
    assert not AddressPolicy(()).allows(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses_are_allowed(address):
    assert AddressPolicy(()).allows(ip_address(address))


def test_a_listed_range_is_allowed_and_its_neighbour_is_not():
    policy = AddressPolicy(("10.0.0.0/16",))
    assert policy.allows(ip_address("10.0.200.1"))
    assert policy.allows(ip_address("::ffff:10.0.200.1"))
    assert not policy.allows(ip_address("10.1.0.1"))
    assert AddressPolicy(("64:ff9b::/96",)).allows(ip_address("64:ff9b::a00:1"))


async def test_a_name_that_leads_to_a_private_address_is_refused_with_the_setting_that_would_allow_it():
    with pytest.raises(AddressRefused, match="GRIDLENS_PRIVATE_NETWORKS") as refused:
        await AddressPolicy(()).resolve("localhost", 5432)
    assert refused.value.fields == {"host": "private address"}


async def test_only_allowed_addresses_of_a_name_are_handed_out():
    assert await AddressPolicy(("127.0.0.0/8",)).resolve("localhost", 5432) == ("127.0.0.1",)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 200])
async def test_an_unknown_host_is_named(host):
    with pytest.raises(SourceUnreachable, match="unknown") as failed:
        await AddressPolicy(()).resolve(host, 5432)
    assert failed.value.fields == {"host": "unknown host"}
