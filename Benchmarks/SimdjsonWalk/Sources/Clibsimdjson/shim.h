// main.cpp includes simdjson's C++ header itself; this module is for the flags and the link alone.
