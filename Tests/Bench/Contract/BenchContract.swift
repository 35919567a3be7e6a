// The contract of the benchmarks, generated from `Tests/Bench/spec` by the same plugin as the product's.
