// The contract that clients see, as Swift: everything in this module is generated from `spec/` by SpecPlugin.
//
// Models with validation, operations, routes, service protocols, tables, queries, migrations and the served
// documents. Edit the spec, build, and the compiler says what the services lack.
