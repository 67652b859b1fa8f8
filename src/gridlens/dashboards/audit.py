"""What the audit log is told of dashboards."""

from gridlens.core.principal import Principal
from gridlens.dashboards.models import Dashboard
from gridlens.shared.auth import ActionAudited


def audited(principal: Principal, action: str, row: Dashboard) -> ActionAudited:
    """Names the dashboard by its id and by what it was called then."""
    return ActionAudited(
        organisation_id=principal.organisation_id,
        user_id=principal.user_id,
        action=action,
        subject=f"dashboard:{row.id}",
        detail={"name": row.name},
    )
