from core.identity import Role
from core.policy import SiteRole

REVIEWER = SiteRole(key="reviewer", name="Reviewer", description="Reads before us", base=Role.VIEWER)
KEEPER = SiteRole(key="keeper", name="Keeper", base=Role.OWNER)
"""Made from the owner, with whatever a test takes away."""
