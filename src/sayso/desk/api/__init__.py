"""The desk for programs: an application of its own under /api, described by OpenAPI 3.1 at /api/openapi.json."""

from sayso.desk.api.application import mount

__all__ = ["mount"]
