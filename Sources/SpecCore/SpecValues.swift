// Packages import one module: SpecCore's API is written in these types.
@_exported public import SpecValues
