from . import test_disposition
from . import test_medal
from . import test_medal_segment
from . import test_medal_suggestion
from . import test_refuse_dialog
from . import test_security
from . import test_medal_ready
