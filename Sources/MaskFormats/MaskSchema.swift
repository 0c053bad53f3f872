/// The JSON Schema (draft 2020-12) of a mask: of a `.json` file, and of each line of a `.jsonl`.
public let maskSchema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "qd-imd-mask/1",
      "title": "A vector mask for image inpainting",
      "description": "The hole is the union of the brush strokes: all points within half the width of a stroke's path.",
      "type": "object",
      "required": ["format", "canvas", "strokes"],
      "properties": {
        "format": {"const": "qd-imd-mask/1"},
        "id": {"type": "string", "description": "The mask's id, unique in its dataset."},
        "split": {"enum": ["train", "test"]},
        "index": {"type": "integer", "minimum": 0, "description": "The index of the mask in its split, from 0."},
        "canvas": {
          "description": "Width and height in px. x increases to the right and y downward from (0, 0), the top left corner.",
          "type": "array",
          "prefixItems": [{"$ref": "#/$defs/side"}, {"$ref": "#/$defs/side"}],
          "items": false,
          "minItems": 2
        },
        "upscale": {"type": "number", "exclusiveMinimum": 0, "description": "The sampled upscale rate."},
        "width_factor": {
          "description": "The factor that all widths were multiplied by to reach the requested hole ratio.",
          "type": "number",
          "exclusiveMinimum": 0
        },
        "hole_ratio": {
          "description": "The hole ratio at the size of the canvas: the fraction of pixels whose center is in the hole.",
          "type": "number",
          "minimum": 0,
          "maximum": 1
        },
        "strokes": {"type": "array", "items": {"$ref": "#/$defs/stroke"}}
      },
      "$defs": {
        "side": {"type": "integer", "minimum": 1, "maximum": 1000000},
        "coordinate": {"type": "number", "minimum": -10000000, "maximum": 10000000},
        "stroke": {
          "type": "object",
          "required": ["width", "points"],
          "properties": {
            "width": {
              "description": "The full width in px of the canvas.",
              "type": "number",
              "minimum": 0.01,
              "maximum": 10000000
            },
            "points": {
              "description": "The points of the path, with round joins and caps; a single point is a dot.",
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "array",
                "prefixItems": [{"$ref": "#/$defs/coordinate"}, {"$ref": "#/$defs/coordinate"}],
                "items": false,
                "minItems": 2
              }
            },
            "source": {
              "description": "The Quick, Draw! stroke that the path is from.",
              "type": "object",
              "required": ["word", "key_id", "stroke"],
              "properties": {
                "word": {"type": "string"},
                "key_id": {"type": "string", "pattern": "^[0-9]{1,20}$"},
                "stroke": {"type": "integer", "minimum": 0},
                "transform": {
                  "description": "From the drawing's 256 × 256 box to the canvas, as in SVG's matrix(a b c d e f).",
                  "type": "array",
                  "items": {"type": "number"},
                  "minItems": 6,
                  "maxItems": 6
                }
              }
            }
          }
        }
      }
    }

    """
