// A library needs a source; what tests_headers is for is the header CMake makes for it.
