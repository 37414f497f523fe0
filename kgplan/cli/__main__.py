"""``python -m kgplan.cli``."""

import sys

from kgplan.cli.entry import main

sys.exit(main())
