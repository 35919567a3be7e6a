// Made from the spec; see Package.swift for the settings.
