"""Lets torchvision be imported beside a torch without CUDA.

The registry's torchvision is compiled for CUDA: beside a CPU build of torch, its compiled operators cannot be loaded, and its
import fails because two of them are not even declared. No transform of images or masks uses them.
"""

import importlib.util
import pathlib

import torch

_spec = importlib.util.find_spec("torchvision")
if _spec is not None and _spec.origin is not None:
    try:
        torch.ops.load_library(pathlib.Path(_spec.origin).with_name("_C.so"))
    except OSError:
        _library = torch.library.Library("torchvision", "DEF")
        for _name in "nms", "qnms":
            _library.define(f"{_name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
