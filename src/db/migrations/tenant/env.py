from db.migrations.running import run
from db.tables import TENANT_TABLES

run(TENANT_TABLES)
