"""Languages of sites and of the desk."""

LOCALES = ("en", "ru")
DEFAULT_LOCALE = "en"
