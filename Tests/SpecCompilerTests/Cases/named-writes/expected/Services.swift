// Generated from the spec. Edit the spec instead.

internal import SpecCore
