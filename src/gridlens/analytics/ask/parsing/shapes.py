"""What a question as a whole looks like: which figure, which order, which nesting."""

from itertools import pairwise

from gridlens.analytics.ask.parsing.evidence import Evidence

FIRST = 3


def signs(evidence: Evidence) -> list[str]:
    """Runs of one to four tags, where they stand, and a few counts."""
    tags = ["^", *evidence.tags, "$"]
    found = set()
    for size in (1, 2, 3, 4):
        for start in range(len(tags) - size + 1):
            found.add(" ".join(tags[start : start + size]))
    found |= {f"@{place} {tag}" for place, tag in enumerate(tags[1 : FIRST + 1])}
    found.add("@12 " + " ".join(tags[1:3]))
    found |= {f"{tags[1]} .. {tag}" for tag in tags[2:]}
    found.add(f"tables={min(len(evidence.schema.tables), 2)}")
    one = "one" if len(evidence.schema.tables) == 1 else "many"
    found |= {f"{one}:{tag}" for tag in tags} | {f"{one}:{a} {b}" for a, b in pairwise(tags)}
    found.add(f"vals={min(sum(tag == 'VAL' for tag in tags), 3)}")
    found.add(f"nums={min(sum(tag == '#' for tag in tags), 3)}")
    found.add(f"cols={min(sum(tag == 'COL' for tag in tags), 4)}")
    found.add(f"tabs={min(sum(tag == 'TAB' for tag in tags), 3)}")
    return sorted(found)
