"""Which addresses a source may be at: public ones, and the private ranges the operator lists."""

from gridlens.core.addresses import AddressPolicy as OutgoingPolicy
from gridlens.data_sources.errors import SourceUnreachable


class AddressPolicy(OutgoingPolicy):
    """As for anything this server connects to; an unknown host is a source that cannot be reached."""

    unknown = SourceUnreachable
