"""This package's version; pyproject.toml takes it from here, `scripts/release set` writes it."""

VERSION = "0.1.0"
