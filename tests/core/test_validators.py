"""Validators: who sends back what he was given has the answer already, and nobody else."""

import msgspec
import pytest
from litestar.testing import RequestFactory

from gridlens.core.errors import Invalid
from gridlens.core.http.validators import is_known, options_of, tag_of


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    limit: int = 1


def knows(header: str, tag: str) -> bool:
    return is_known(RequestFactory().get(headers={"if-none-match": header}), tag)


def test_a_tag_is_known_whole_weak_or_strong_and_among_others() -> None:
    tag = tag_of(b"rows", b"json")

    assert tag.startswith('W/"')
    assert knows(tag, tag)
    assert knows(tag.removeprefix("W/"), tag)
    assert knows(f'"other", {tag}', tag)


@pytest.mark.parametrize("header", ["", "*", '"other"', 'W/"', "W/", '""'])
def test_anything_else_is_not_known(header: str) -> None:
    assert not knows(header, tag_of(b"rows"))


def test_tags_keep_parts_apart() -> None:
    assert tag_of(b"ab", b"c") != tag_of(b"a", b"bc")
    assert tag_of(b"ab", b"c") == tag_of(b"ab", b"c")


def test_options_that_cannot_be_read_say_where() -> None:
    assert options_of('{"limit": 3}', Wish).limit == 3
    with pytest.raises(Invalid) as refused:
        options_of('{"limit": "three"}', Wish)
    assert "$.limit" in refused.value.fields["options"]
    with pytest.raises(Invalid):
        options_of('{"more": 1}', Wish)
    with pytest.raises(Invalid):
        options_of("{", Wish)
