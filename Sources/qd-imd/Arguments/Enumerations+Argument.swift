// Types whose raw values are their names on the command line.

public import ArgumentParser
public import MaskDataset
public import MaskModel
public import MaskTracing
public import PNGCodec

extension HoleColor: ExpressibleByArgument {}
extension LayoutSettings.COCOCounts: ExpressibleByArgument {}
extension LayoutSettings.FileExtension: ExpressibleByArgument {}
extension MaskPNGEncoder.BitDepth: ExpressibleByArgument {}
extension MaskPNGEncoder.Channels: ExpressibleByArgument {}
extension PNGChannel: ExpressibleByArgument {}
extension StrokePlacement: ExpressibleByArgument {}
extension TracingOptions.Caps: ExpressibleByArgument {}
extension TracingOptions.Fidelity: ExpressibleByArgument {}
extension TracingOptions.Shapes: ExpressibleByArgument {}
