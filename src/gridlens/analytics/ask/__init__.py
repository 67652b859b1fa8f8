"""From a question in plain words to a plan, from a plan to SQL and to a sentence that can be edited.

``understand`` makes a plan of words, and sees what plans give by what ``trying`` makes of a way to run them;
``render`` makes a statement of a plan; ``columns`` and ``typed`` say what its answer holds,
``compared_with`` what stands beside it. ``describe`` reads a plan back as a sentence with slots, ``apply``
changes one of them, ``headline`` tells the answer, and ``next_questions`` go on from it. ``covered_unlike``
tells why two periods are not compared; ``newest_instead``, ``days_without_data`` and ``number_nobody_has``
why an answer is empty.
All of it is pure: what is known of a source comes in with its description.

What it offers is listed in ``__init__.pyi``, and loaded with its first use: it stands on a whole SQL parser.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
