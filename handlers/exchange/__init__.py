"""The trading core: pure Python; knows no web framework and nothing generated."""
