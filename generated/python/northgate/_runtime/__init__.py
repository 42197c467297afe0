"""The hand-written part of this SDK: transport, retries, signing, exact numbers, errors.

Everything under `aio/` is asynchronous; `sync/` is derived from it, so both behave alike. The
modules beside them do no input or output at all.
"""
