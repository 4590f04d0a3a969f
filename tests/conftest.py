from hypothesis import settings

pytest_plugins = [
    "tests.plugins.services",
    "tests.plugins.order",
    "tests.fixtures.database",
    "tests.fixtures.app",
    "tests.fixtures.bucket",
]

# How long one example takes is a matter of what else the machine does. In CI, Hypothesis chooses the same examples
# in every run by itself.
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")
