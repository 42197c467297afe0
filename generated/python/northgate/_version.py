"""The version of this SDK."""

VERSION = "1.0.0"
