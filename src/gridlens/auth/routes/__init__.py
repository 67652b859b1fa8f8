"""The HTTP surface of auth: thin, one controller a subject."""

from gridlens.auth.routes.account import AccountController
from gridlens.auth.routes.administration import AuditController, PolicyController, UserController
from gridlens.auth.routes.factors import FactorController
from gridlens.auth.routes.groups import GroupController
from gridlens.auth.routes.links import LinkController
from gridlens.auth.routes.people import PeopleController
from gridlens.auth.routes.sign_in import SignInController
from gridlens.auth.routes.tokens import AccessTokenController, TokenController

CONTROLLERS = (
    SignInController,
    LinkController,
    FactorController,
    AccountController,
    UserController,
    GroupController,
    PolicyController,
    PeopleController,
    AuditController,
    TokenController,
    AccessTokenController,
)
