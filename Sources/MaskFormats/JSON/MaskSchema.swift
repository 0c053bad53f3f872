/// The JSON Schema (draft 2020-12) of a mask: of a `.json` file, and of each line of a `.jsonl`.
public let maskSchema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "qd-imd-mask/2",
      "title": "A vector mask for image inpainting",
      "description": "The hole is the union of the brush strokes: all points within half the width of a stroke's path, or inside a filled path. Version 2 adds filled paths and flat ends; a mask without them is of version 1.",
      "type": "object",
      "required": ["format", "canvas", "strokes"],
      "properties": {
        "format": {"enum": ["qd-imd-mask/1", "qd-imd-mask/2"]},
        "id": {"type": "string", "description": "The mask's id, unique in its dataset."},
        "split": {"enum": ["train", "test"]},
        "index": {"$ref": "#/$defs/count", "description": "The index of the mask in its split, from 0."},
        "canvas": {
          "description": "Width and height in px. x increases to the right and y downward from (0, 0), the top left corner.",
          "type": "array",
          "prefixItems": [{"$ref": "#/$defs/side"}, {"$ref": "#/$defs/side"}],
          "items": false,
          "minItems": 2
        },
        "upscale": {
          "description": "The sampled upscale rate.",
          "type": "number",
          "minimum": 0.0000001,
          "maximum": 1000000
        },
        "width_factor": {
          "description": "The factor that all widths were multiplied by to reach the requested hole ratio.",
          "type": "number",
          "minimum": 0.0001,
          "maximum": 1000000
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
        "count": {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
        "side": {"type": "integer", "minimum": 1, "maximum": 1000000},
        "cap": {"enum": ["round", "butt"]},
        "coordinate": {"type": "number", "minimum": -10000000, "maximum": 10000000},
        "stroke": {
          "type": "object",
          "required": ["width", "points"],
          "if": {"properties": {"fill": {"const": true}}, "required": ["fill"]},
          "else": {"properties": {"width": {"minimum": 0.01}}},
          "properties": {
            "width": {
              "description": "The full width in px of the canvas.",
              "type": "number",
              "minimum": 0,
              "maximum": 10000000
            },
            "points": {
              "description": "The points of the path, with round joins; a single point is a dot.",
              "type": "array",
              "minItems": 1,
              "items": {
                "type": "array",
                "prefixItems": [{"$ref": "#/$defs/coordinate"}, {"$ref": "#/$defs/coordinate"}],
                "items": false,
                "minItems": 2
              }
            },
            "fill": {
              "description": "Whether the inside of the path, by the even-odd rule, is hole; the path is closed.",
              "type": "boolean"
            },
            "cap": {
              "description": "The form of both ends, or of the first and the last; round by default.",
              "oneOf": [
                {"$ref": "#/$defs/cap"},
                {"type": "array", "items": {"$ref": "#/$defs/cap"}, "minItems": 2, "maxItems": 2}
              ]
            },
            "source": {
              "description": "The Quick, Draw! stroke that the path is from.",
              "type": "object",
              "required": ["word", "key_id", "stroke"],
              "properties": {
                "word": {"type": "string"},
                "key_id": {
                  "description": "The key of the drawing: an integer below 2^64, as a string since most numbers are doubles.",
                  "type": "string",
                  "pattern": "^(\(keyIDs))$"
                },
                "stroke": {"$ref": "#/$defs/count"},
                "transform": {
                  "description": "From the drawing's 256 × 256 box to the canvas, as in SVG's matrix(a b c d e f).",
                  "type": "array",
                  "items": {"type": "number", "minimum": -1000000000000, "maximum": 1000000000000},
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

/// The integers below 2⁶⁴ with up to 20 digits, as alternatives of a regular expression.
private let keyIDs = [
    "[0-9]{1,19}", "0[0-9]{19}", "1[0-7][0-9]{18}", "18[0-3][0-9]{17}", "184[0-3][0-9]{16}", "1844[0-5][0-9]{15}",
    "18446[0-6][0-9]{14}", "184467[0-3][0-9]{13}", "1844674[0-3][0-9]{12}", "184467440[0-6][0-9]{10}",
    "1844674407[0-2][0-9]{9}", "18446744073[0-6][0-9]{8}", "1844674407370[0-8][0-9]{6}",
    "18446744073709[0-4][0-9]{5}", "184467440737095[0-4][0-9]{4}", "18446744073709550[0-9]{3}",
    "18446744073709551[0-5][0-9]{2}", "1844674407370955160[0-9]", "1844674407370955161[0-5]",
].joined(separator: "|")
