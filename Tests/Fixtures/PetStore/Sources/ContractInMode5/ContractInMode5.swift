// The contract of the pet store: everything in this module is generated from spec/.
