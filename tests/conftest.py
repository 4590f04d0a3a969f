pytest_plugins = ["tests.plugins.services", "tests.fixtures.database", "tests.fixtures.app", "tests.fixtures.bucket"]
