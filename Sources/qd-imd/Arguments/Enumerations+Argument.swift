// Types whose raw values are their names on the command line.

public import ArgumentParser
public import MaskModel
public import MaskTracing
public import PNGCodec

extension HoleColor: ExpressibleByArgument {}
extension MaskPNGEncoder.BitDepth: ExpressibleByArgument {}
extension PNGChannel: ExpressibleByArgument {}
extension StrokePlacement: ExpressibleByArgument {}
extension TracingOptions.Caps: ExpressibleByArgument {}
extension TracingOptions.Fidelity: ExpressibleByArgument {}
extension TracingOptions.Shapes: ExpressibleByArgument {}
