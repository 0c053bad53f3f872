// One import for a package that depends on this one: everything that the library's targets declare as public.

@_exported public import Archives
@_exported public import CairoRasterizer
@_exported public import FileAccess
@_exported public import JPEGCodec
@_exported public import JSONText
@_exported public import MaskDataset
@_exported public import MaskDiff
@_exported public import MaskFormats
@_exported public import MaskGeneration
@_exported public import MaskModel
@_exported public import MaskRaster
@_exported public import MaskReport
@_exported public import MaskTracing
@_exported public import PNGCodec
@_exported public import PlaneGeometry
@_exported public import QuickDraw
@_exported public import StrokeBank
@_exported public import struct SystemPackage.FilePath
