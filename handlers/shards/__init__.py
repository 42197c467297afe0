"""A venue in shards: several cores, each the only writer of its instruments, and one contract.

See `handlers.cluster` for how their processes work together.
"""
