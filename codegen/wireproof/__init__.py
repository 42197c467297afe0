"""Wireproof: one OpenAPI contract in; servers, SDKs and proven compatibility verdicts out."""

__version__ = "0.1.0"
