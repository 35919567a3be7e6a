// Made from the spec during the build.
