"""`python -m brightline`: the same as the `brightline` command."""

from brightline.cli import main

if __name__ == "__main__":
    main()
