"""What Chromium, rsvg-convert, and the program make of SVG documents, as arrays of hole."""

import base64
import subprocess

import numpy as np
from browser import Browser
from conftest import PROGRAM
from PIL import Image

# Draws documents at given sizes, or at their natural size, and answers their holes: all that is painted in a color that is
# not the one of the background, as packed bits.
RENDER = """
const [documents, done] = arguments;
const answers = [];
(async () => {
    for (const [text, size] of documents) {
        const image = new Image();
        image.src = 'data:image/svg+xml;base64,' + text;
        try { await image.decode(); } catch (error) { answers.push(null); continue; }
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = size || [image.naturalWidth, image.naturalHeight];
        const context = canvas.getContext('2d', {willReadFrequently: true});
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
        let bytes = '';
        for (let i = 0; i < pixels.length; i += 4) {
            bytes += String.fromCharCode(Math.max(pixels[i], pixels[i + 1], pixels[i + 2]), pixels[i + 3]);
        }
        answers.push([canvas.width, canvas.height, btoa(bytes)]);
    }
    done(answers);
})();
"""


def hole(levels, alpha, paper):
    """The pixels that are not of the background: `paper` is black, white, or None for a transparent one."""
    if paper == "black":
        return levels > 127
    if paper == "white":
        return levels < 128
    return alpha > 127


class Chromium:
    """Renders documents until it is closed."""

    def __init__(self):
        self.browser = Browser()
        self.browser.driver.set_script_timeout(300)

    def holes(self, documents, batch=16):
        """The hole of each document; None for what it cannot open. A document is its text, its paper, and a size or None."""
        found = []
        for start in range(0, len(documents), batch):
            part = documents[start:start + batch]
            answers = self.browser.driver.execute_async_script(
                RENDER, [[base64.b64encode(text.encode()).decode(), size] for text, _, size in part])
            for answer, (_, paper, _) in zip(answers, part):
                if answer is None:
                    found.append(None)
                    continue
                width, height, data = answer
                pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 2)
                found.append(hole(pixels[:, :, 0], pixels[:, :, 1], paper))
        return found

    def close(self):
        self.browser.quit()


def rsvg(text, paper, folder, size=None):
    """The hole of a document in librsvg; None for what it cannot open."""
    (folder / "rsvg.svg").write_text(text)
    sides = ["-w", str(size[0]), "-h", str(size[1])] if size else []
    done = subprocess.run(
        ["rsvg-convert", *sides, folder / "rsvg.svg", "-o", folder / "rsvg.png"], capture_output=True)
    if done.returncode != 0:
        return None
    pixels = np.array(Image.open(folder / "rsvg.png").convert("RGBA"))
    return hole(pixels[:, :, :3].max(axis=2), pixels[:, :, 3], paper)


def read(text, folder, *options):
    """The hole as the program reads it, or its error."""
    (folder / "x.svg").write_text(text)
    done = subprocess.run(
        [PROGRAM, "rasterize", folder / "x.svg", "--output", folder / "x.png", "--backend", "exact", *options],
        capture_output=True, text=True)
    assert done.returncode in (0, 1), f"{text}\n{done.stderr}"
    if done.returncode == 1:
        assert done.stderr.count("\n") == 1 and "expected" in done.stderr, done.stderr
        return done.stderr
    pixels = np.array(Image.open(folder / "x.png").convert("L")) > 127
    (folder / "x.png").unlink()
    return pixels


def grown(hole):
    padded = np.pad(hole, 1)
    height, width = hole.shape
    return np.any([padded[y:y + height, x:x + width] for y in range(3) for x in range(3)], axis=0)


def are_same(ours, theirs):
    """Whether two holes differ only along their boundaries, where renderers may differ."""
    if max(abs(ours.shape[0] - theirs.shape[0]), abs(ours.shape[1] - theirs.shape[1])) > 1:
        return False
    height, width = np.minimum(ours.shape, theirs.shape)
    ours, theirs = ours[:height, :width], theirs[:height, :width]
    return not (ours & ~grown(theirs)).any() and not (theirs & ~grown(ours)).any()
