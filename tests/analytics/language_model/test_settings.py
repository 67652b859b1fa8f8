"""An administrator sets the language model; its key is sealed, and never leaves for another place."""

from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import select
from tests.analytics.language_model.endpoint import ModelServer, model_server

from gridlens.analytics.language_model.endpoint import Endpoint
from gridlens.analytics.language_model.errors import ModelSettingsChanged, StepUpNeeded
from gridlens.analytics.language_model.service import LanguageModelService
from gridlens.analytics.language_model.settings import LanguageModelChange, ModelSettings
from gridlens.analytics.language_model.store import ModelStore
from gridlens.analytics.models import LanguageModelRow
from gridlens.analytics.plans import Plans
from gridlens.core.addresses import AddressPolicy
from gridlens.core.errors import Refused
from gridlens.core.module import Core
from gridlens.core.principal import Principal

pytestmark = pytest.mark.anyio
SETTINGS = ModelSettings(protocol="openai", endpoint="https://models.example.org/v1", model="big-1")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def service(every_core: Core) -> LanguageModelService:
    store = ModelStore(every_core.database, every_core.vault)
    endpoint = Endpoint(AddressPolicy(("127.0.0.0/8",)))
    return LanguageModelService(every_core.database, every_core.outbox, store, endpoint, Plans())


async def put(
    service: LanguageModelService,
    admin: Principal,
    version: int,
    settings: ModelSettings = SETTINGS,
    *,
    is_stepped_up: bool = True,
    **key: Any,
) -> int:
    change = LanguageModelChange(settings=settings, version=version, **key)
    return (await service.put(admin, change, is_stepped_up=is_stepped_up)).version


async def test_the_key_is_sealed_kept_and_never_told(
    service: LanguageModelService, admin: Principal, every_core: Core
) -> None:
    assert await put(service, admin, 0, key="sk-very-secret") == 1
    found = await service.get(admin)
    other = msgspec.structs.replace(SETTINGS, model="big-2", when="always")
    assert await put(service, admin, 1, other, is_stepped_up=False) == 2

    assert (found.settings, found.has_key) == (SETTINGS, True)
    assert (await service.get(admin)).has_key
    async with every_core.database.transaction() as session:
        (row,) = await session.scalars(select(LanguageModelRow))
    assert row.secret is not None
    assert b"secret" not in row.secret
    assert "secret" not in str(row.settings)


async def test_another_place_needs_a_step_up_and_never_gets_the_stored_key(
    service: LanguageModelService, admin: Principal
) -> None:
    with pytest.raises(StepUpNeeded):
        await put(service, admin, 0, is_stepped_up=False)
    await put(service, admin, 0, key="sk-1")
    elsewhere = msgspec.structs.replace(SETTINGS, endpoint="https://evil.example.org/v1")
    with pytest.raises(StepUpNeeded):
        await put(service, admin, 1, elsewhere, is_stepped_up=False)
    with pytest.raises(StepUpNeeded):
        await put(service, admin, 1, is_stepped_up=False, key="sk-2")

    await put(service, admin, 1, elsewhere)

    assert not (await service.get(admin)).has_key


async def test_of_two_administrators_the_later_is_told_and_removal_forgets_all(
    service: LanguageModelService, admin: Principal
) -> None:
    await put(service, admin, 0, key="sk-1")
    with pytest.raises(ModelSettingsChanged):
        await put(service, admin, 0)
    removed = await service.remove(admin, 1)
    assert (removed.version, removed.settings, removed.has_key) == (2, None, False)
    assert await service.wanted(admin, is_sure=False) is None
    assert await put(service, admin, 2) == 3


async def test_it_is_wanted_when_the_setting_says_so(service: LanguageModelService, admin: Principal) -> None:
    await put(service, admin, 0)
    assert await service.wanted(admin, is_sure=False) == SETTINGS
    assert await service.wanted(admin, is_sure=True) is None
    await put(service, admin, 1, msgspec.structs.replace(SETTINGS, when="always"))
    assert await service.wanted(admin, is_sure=True) is not None


async def test_a_trial_says_whether_it_works_and_why_not(
    service: LanguageModelService, admin: Principal, server: ModelServer
) -> None:
    unset = await service.try_out(admin)
    here = msgspec.structs.replace(SETTINGS, endpoint=server.endpoint)
    await put(service, admin, 0, here, key="sk-1")
    server.answers({"cannotAnswer": "ready"})
    good = await service.try_out(admin)
    server.status = 401
    bad = await service.try_out(admin)

    assert (unset.works, "Save one" in str(unset.reason)) == (False, True)
    assert (good.works, good.reason) == (True, None)
    assert (bad.works, "does not take the key" in str(bad.reason)) == (False, True)


async def test_only_administrators_see_or_set_it(
    service: LanguageModelService, admin: Principal, analyst: Principal
) -> None:
    await put(service, admin, 0)
    with pytest.raises(Refused):
        await service.get(analyst)
    with pytest.raises(Refused):
        await put(service, analyst, 1)
    with pytest.raises(Refused):
        await service.remove(analyst, 1)
    with pytest.raises(Refused):
        await service.try_out(analyst)


@pytest.mark.parametrize(
    "endpoint",
    [
        "ftp://x/v1",
        "https://user:pw@host/v1",
        "https://host/v1?key=1",
        "file:///etc/passwd",
        "https://a b/v1",
    ],
)
def test_endpoints_that_hide_something_are_not_taken(endpoint: str) -> None:
    wrong = {"protocol": "openai", "endpoint": endpoint, "model": "m"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, ModelSettings)


async def test_over_http_it_needs_an_administrator_and_a_step_up(
    client: httpx.AsyncClient, admin: Principal
) -> None:
    path, body = "/api/v1/language-model", {"version": 0, "settings": msgspec.to_builtins(SETTINGS)}
    asked = {"x-user": str(admin.user_id)}

    assert (await client.get(path)).status_code == 403
    assert (await client.get(path, headers=asked)).json() == {"version": 0, "settings": None, "hasKey": False}
    refused = await client.put(path, json=body, headers=asked)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (403, "step-up-required")
