package main

// romFaults tells whether a store to read-only memory is a fault.
const romFaults = true
