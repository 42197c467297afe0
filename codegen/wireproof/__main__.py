"""`python -m wireproof`: the command, where no script is on the path."""

from wireproof.cli.main import main

main()
