// Generated from the spec during the build.
