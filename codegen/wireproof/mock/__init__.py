"""The mock: answers any contract's requests with what the contract says, and checks them.

Reading order: `service` (from a request to an answer), `inbound` (is the request what the contract
asks for?), `answers` (which answer, which example; `ir.samples` makes values where nothing is
shown), `listen` (the socket). Requests are read by the generated server's own runtime, so that
mock and server refuse the same things in the same words.
"""
