"""Text to nodes with positions: load YAML and JSON, resolve `$ref`, bundle, git revisions."""

from wireproof.source.document import Document
from wireproof.source.node import Json, Node
from wireproof.source.workspace import Workspace, load

__all__ = ["Document", "Json", "Node", "Workspace", "load"]
