import Foundation
import QDIMD

// A brush stroke 20 px wide across a small canvas, as a PNG with a white hole.
guard let canvas = PixelSize(width: 96, height: 64) else { exit(1) }
let path = Polyline([Point(x: 16, y: 16), Point(x: 80, y: 48)])
let mask = VectorMask(canvas: canvas, strokes: [try BrushStroke(path: path, width: 20)])
var rasterizer = ExactRasterizer()
let raster = try rasterizer.raster(of: mask, at: canvas)
try Data(MaskPNGEncoder.encode(raster)).write(to: URL(filePath: CommandLine.arguments[1]))
print(raster.holeCount)
