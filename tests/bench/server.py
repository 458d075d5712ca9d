"""The web server of the measurements: the service's own, on a throw-away database.

`granian --interface=wsgi tests.bench.server:application`, with BENCH_DATABASE set.
"""

import os

from portal.wsgi import application as service
from tests.bench.database import use

use(os.environ["BENCH_DATABASE"])
application = service
