"""API keys: who may sign for which account, and what they may do."""
