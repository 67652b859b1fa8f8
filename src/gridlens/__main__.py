"""``python -m gridlens`` is the ``gridlens`` command."""

from gridlens.cli import main

main()
