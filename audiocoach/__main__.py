"""`python -m audiocoach`."""

import sys

try:
    from audiocoach.cli import main
except KeyboardInterrupt:  # Ctrl-C while Python still reads our modules
    sys.exit(130)

main()
