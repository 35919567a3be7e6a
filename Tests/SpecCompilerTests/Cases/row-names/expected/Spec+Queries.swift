// Generated from the spec. Edit the spec instead.

import SpecCore
