from db.migrations.running import run
from db.tables import PLATFORM_TABLES

run(PLATFORM_TABLES)
