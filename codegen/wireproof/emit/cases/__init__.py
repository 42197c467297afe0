"""Round trips: for every operation a call, the request that it must give, and an answer to it.

What SDKs are tested with, in any language; nothing here knows how a language spells a call.
Reading order: `model` (what a case is), `build` (one for every operation), `request` (what travels,
worked out from the contract and not by an SDK), `variations` (answers that a client must survive or
refuse).
"""
