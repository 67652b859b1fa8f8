"""Where this server may connect to: public addresses, and the private ranges the operator lists."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from gridlens.core.errors import GridlensError, Refused, Unavailable

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

RESOLVE_SECONDS = 5.0
UNICAST = ip_network("2000::/3")
"""All that is given out as public IPv6; elsewhere lie ways to write IPv4 addresses, and sites of old."""
NOT_PUBLIC = tuple(ip_network(each) for each in ("2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24"))
"""Ranges that count as public but lead to an address inside them, or nowhere."""


class HostUnknown(Unavailable):
    kind = "host-unknown"
    title = "This host is unknown"


class AddressRefused(Refused):
    """The address is private and the operator has not listed its range."""

    kind = "address-refused"
    title = "This address may not be connected"


class AddressPolicy:
    """Resolves a host once, and hands out only addresses that may be connected.

    Callers connect to the address, never to the name again, so that a second answer of the
    name server cannot lead elsewhere.
    """

    unknown: type[GridlensError] = HostUnknown

    def __init__(self, private_networks: Sequence[str]) -> None:
        self._listed: tuple[Network, ...] = tuple(ip_network(each) for each in private_networks)

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of ``host`` to try, in the order of the name server.

        Raises:
            HostUnknown: the name is unknown.
            AddressRefused: it has no address that may be connected.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # TimeoutError is an OSError
            raise self.unknown(
                f"The host “{host}” is unknown. Check its spelling, or use its IP address.",
                fields={"host": "unknown host"},
            ) from error
        addresses = tuple(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
        allowed = tuple(each for each in addresses if self.allows(ip_address(each)))
        if not allowed:
            raise AddressRefused(
                f"“{host}” is at the private address {addresses[0]}. Ask the operator of this server to "
                "list its range in GRIDLENS_PRIVATE_NETWORKS, for example 10.0.0.0/8.",
                fields={"host": "private address"},
            )
        return allowed

    def allows(self, address: Address) -> bool:
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if any(address in network for network in self._listed):
            return True
        if isinstance(address, IPv6Address) and address not in UNICAST:
            return False
        if address.is_multicast or any(address in network for network in NOT_PUBLIC):
            return False
        return address.is_global
