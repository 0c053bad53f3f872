"""Irregular masks for image inpainting, from strokes that people drew.

>>> import qd_imd
>>> masks = qd_imd.Masks()
>>> masks[17].shape
(512, 512)
"""

from ._comparison import Comparison, diff
from ._library import Error, library
from ._mask import Mask, rasterize
from ._masks import Masks
from ._tracing import vectorize

__all__ = ["Comparison", "Error", "Mask", "Masks", "__version__", "diff", "rasterize", "vectorize"]

__version__: str = library.qdimd_version().decode()
"""The version of the library."""
