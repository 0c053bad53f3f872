"""What Chromium, rsvg-convert, and the program make of SVG documents, as arrays of hole."""

import base64
import subprocess

import numpy as np
from browser import Browser
from conftest import PROGRAM
from PIL import Image

# Draws documents at given sizes, or at their natural size, and answers for each pixel the lowest of its channels on white
# paper, otherwise the highest, and its alpha.
RENDER = """
const [documents, done] = arguments;
const answers = [];
(async () => {
    for (const [text, isOnWhite, size] of documents) {
        const image = new Image();
        image.src = 'data:image/svg+xml;base64,' + text;
        try { await image.decode(); } catch (error) { answers.push(null); continue; }
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = size || [image.naturalWidth, image.naturalHeight];
        const context = canvas.getContext('2d', {willReadFrequently: true});
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
        const level = isOnWhite ? Math.min : Math.max;
        const parts = [];
        for (let row = 0; row < canvas.height; row += 1) {
            const bytes = [];
            for (let i = 4 * row * canvas.width; i < 4 * (row + 1) * canvas.width; i += 4) {
                bytes.push(level(pixels[i], pixels[i + 1], pixels[i + 2]), pixels[i + 3]);
            }
            parts.push(String.fromCharCode(...bytes));
        }
        answers.push([canvas.width, canvas.height, btoa(parts.join(''))]);
    }
    done(answers);
})();
"""


def hole(levels, alpha, paper):
    """The pixels that a shape covers by half or more, on paper that is black, white, or transparent (None)."""
    if paper is None:
        return alpha > 127
    ink = int(levels.max()) if paper == "black" else int(levels.min())
    background = 0 if paper == "black" else 255
    if ink == background:
        return np.zeros(levels.shape, bool)
    return (levels.astype(int) - background) / (ink - background) >= 0.5


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
                RENDER, [[base64.b64encode(text.encode()).decode(), paper == "white", size] for text, paper, size in part])
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
    levels = pixels[:, :, :3].min(axis=2) if paper == "white" else pixels[:, :, :3].max(axis=2)
    return hole(levels, pixels[:, :, 3], paper)


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
