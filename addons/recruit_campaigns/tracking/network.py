"""The network that a request came from, in a form that names nobody."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

_PREFIX = {4: 24, 6: 48}  # what one household or office shares, at the least


def network_of(secret: str, address: str | None) -> str:
    """A keyed hash of the network of an address: 16 letters, "" for no address.

    Equal for neighbors, so that it can be compared, and of no use without the key.
    """
    try:
        ip = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    network = ip_network(f"{ip}/{_PREFIX[ip.version]}", strict=False)
    text = f"network:{network}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:16]
