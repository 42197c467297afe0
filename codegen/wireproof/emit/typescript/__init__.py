"""The TypeScript SDK: standalone functions, a thin class client, no dependencies."""

from wireproof.emit.target import Target
from wireproof.emit.typescript.emitter import emit

TARGET = Target("typescript", "npm package: standalone functions and a thin class client", emit)
