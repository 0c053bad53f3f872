// The C++ header stays with the shim target CSimdjson; this module only carries the flags and the link.
