"""Documents as drawing canvases in the browser export them, with random drawings in one color."""

import math
import random

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


class Drawings:
    """Random drawings."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def uniform(self, low, high, digits=2):
        return round(self.random.uniform(low, high), digits)

    def width(self):
        return self.uniform(34, 64, 1)

    def walk(self, count=None, step=40, digits=2):
        """The points of a freehand stroke within the canvas."""
        x, y = self.uniform(130, 380), self.uniform(130, 380)
        angle, points = self.uniform(0, 6.28), []
        for _ in range(count or self.random.randint(5, 14)):
            points.append((round(x, digits), round(y, digits)))
            turn = self.random.gauss(0, 0.3)
            if not 110 < x < 400 or not 110 < y < 400:
                turn = (math.atan2(256 - y, 256 - x) - angle + math.pi) % (2 * math.pi) - math.pi
            # Where a path turns within less than half its width, renderers leave gaps.
            angle += min(max(turn, -0.6), 0.6)
            x, y = x + step * math.cos(angle), y + step * math.sin(angle)
        return points

    def beziers(self, points):
        """The control points of a smooth curve through points (Catmull-Rom)."""
        curves = []
        for index in range(len(points) - 1):
            before, start = points[max(index - 1, 0)], points[index]
            end, after = points[index + 1], points[min(index + 2, len(points) - 1)]
            curves.append((
                (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
                (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6), end))
        return curves

    def blob(self, radius=None, count=9):
        """The corners of a closed shape around a center."""
        radius = radius or self.uniform(40, 110)
        x, y = self.uniform(150, 360), self.uniform(150, 360)
        phase = self.uniform(0, 6.28)
        angles = [phase + 2 * math.pi * index / count for index in range(count)]
        return [
            (round(x + r * math.cos(a), 2), round(y + r * math.sin(a), 2))
            for a in angles for r in [radius * self.random.uniform(0.5, 1)]]

    def outline(self, points, size):
        """The outline of a stroke with pressure as freehand libraries make it: it crosses itself in sharp turns."""
        left, right = [], []
        for index, (x, y) in enumerate(points):
            before, after = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
            dx, dy = after[0] - before[0], after[1] - before[1]
            length = math.hypot(dx, dy) or 1
            radius = size / 2 * self.random.uniform(0.7, 1)
            left.append((x - dy / length * radius, y + dx / length * radius))
            right.append((x + dy / length * radius, y - dx / length * radius))
        (x, y), (ex, ey) = points[-1], left[-1]
        angle, radius = math.atan2(ey - y, ex - x), math.hypot(ex - x, ey - y)
        end = [(x + radius * math.cos(angle - t * math.pi / 6), y + radius * math.sin(angle - t * math.pi / 6))
               for t in range(1, 6)]
        return left + end + right[::-1]

    def pick(self, makers, low, high):
        return "".join(self.random.choice(makers)() for _ in range(self.random.randint(low, high)))


class Canvases(Drawings):
    """Each method is a document of the canvas of that name."""

    def fabric(self):
        def style(fill, stroke, width):
            return (
                f'style="stroke: {stroke}; stroke-width: {width}; stroke-dasharray: none; stroke-linecap: '
                f'{self.random.choice(["butt", "round"])}; stroke-dashoffset: 0; stroke-linejoin: '
                f'{self.random.choice(["miter", "round", "bevel"])}; stroke-miterlimit: 4; fill: {fill}; '
                f'fill-rule: nonzero; opacity: 1;"')

        def brush():
            points = self.walk()
            data = f"M {points[0][0]} {points[0][1]} Q {points[0][0]} {points[0][1]}"
            for (x, y), (nx, ny) in zip(points, points[1:]):
                data += f" {(x + nx) / 2} {(y + ny) / 2} Q {nx} {ny}"
            data += f" {points[-1][0]} {points[-1][1]}"
            x, y = points[len(points) // 2]
            return (f'<g transform="matrix(1 0 0 1 {x} {y})"  >\n<path {style("none", "rgb(255,255,255)", self.width())}'
                    f'  transform=" translate({-x}, {-y})" d="{data}" stroke-linecap="round" />\n</g>\n')

        def placed(shape):
            scale, angle = self.uniform(0.7, 1.4), self.uniform(0, 6.28)
            a, b = scale * math.cos(angle), scale * math.sin(angle)
            return f'<g transform="matrix({a:.4f} {b:.4f} {-b:.4f} {a:.4f} {self.uniform(120, 400)} {self.uniform(120, 400)})"  >\n{shape}\n</g>\n'

        def circle():
            return placed(f'<circle {style("rgb(255,255,255)", "none", 1)}  cx="0" cy="0" r="{self.uniform(20, 60)}" />')

        def rectangle():
            w, h, r = self.uniform(60, 150), self.uniform(60, 150), self.random.choice([0, 0, 12])
            fill, stroke = self.random.choice([("rgb(255,255,255)", "none"), ("none", "rgb(255,255,255)")])
            return placed(f'<rect {style(fill, stroke, self.width())}  x="{-w / 2}" y="{-h / 2}" rx="{r}" ry="{r}" width="{w}" height="{h}" />')

        def polygon():
            points = " ".join(f"{x - 256:.2f},{y - 256:.2f}" for x, y in self.blob())
            return placed(f'<polygon {style("rgb(255,255,255)", "rgb(255,255,255)", 8)}  points="{points} " />')

        body = self.pick([brush, brush, circle, rectangle, polygon], 4, 8)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
            f'<svg {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="512" height="512" '
            'viewBox="0 0 512 512" xml:space="preserve">\n<desc>Created with Fabric.js 5.3.0</desc>\n<defs>\n</defs>\n'
            f'<rect x="0" y="0" width="100%" height="100%" fill="#000000"></rect>\n{body}</svg>')

    def signature_pad(self):
        color = self.random.choice(["black", "rgb(0, 0, 0)", "#1a237e"])
        body = ""
        for _ in range(self.random.randint(3, 6)):
            points = self.walk()
            width = self.width()
            for start, (first, second, end) in zip(points, self.beziers(points)):
                width = min(max(width + self.random.gauss(0, 3), 30), 64)
                body += (
                    f'<path d="M {start[0]:.3f},{start[1]:.3f} C {first[0]:.3f},{first[1]:.3f} {second[0]:.3f},'
                    f'{second[1]:.3f} {end[0]:.3f},{end[1]:.3f}" stroke-width="{width:.3f}" stroke="{color}" fill="none" '
                    'stroke-linecap="round"></path>')
        for _ in range(self.random.randint(0, 3)):
            body += f'<circle r="{self.uniform(8, 20, 3)}" cx="{self.uniform(60, 450, 3)}" cy="{self.uniform(60, 450, 3)}" fill="{color}"></circle>'
        return (f'<svg {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 512 512" width="512" '
                f'height="512">{body}</svg>')

    def excalidraw(self):
        color = "#1e1e1e"

        def freehand():
            points = self.outline(self.walk(step=24, count=self.random.randint(8, 24)), self.uniform(36, 70))
            x0, y0 = points[0]
            pairs = [(x - x0, y - y0) for x, y in points]
            data = f"M {pairs[0][0]:.2f},{pairs[0][1]:.2f} Q {pairs[0][0]:.2f},{pairs[0][1]:.2f}"
            for (x, y), (nx, ny) in zip(pairs, pairs[1:]):
                data += f" {(x + nx) / 2:.2f},{(y + ny) / 2:.2f} T" if data.count("T") else f" {(x + nx) / 2:.2f},{(y + ny) / 2:.2f} T"
            data = data.removesuffix(" T") + " Z"
            return (f'<g transform="translate({x0:.4f} {y0:.4f}) rotate(0 50 60)" stroke="none"><path fill="{color}" '
                    f'd="{data}"></path></g>')

        def sketched(path, fill="none"):
            width = self.uniform(30, 50)
            return (f'<g stroke-linecap="round" transform="translate({self.uniform(80, 250)} {self.uniform(80, 250)}) '
                    f'rotate({self.uniform(-40, 40)} 60 50)">'
                    f'<path d="{path}" stroke="{color}" stroke-width="{width}" fill="{fill}"></path></g><mask></mask>')

        def near(x, y):
            return f"{x + self.random.gauss(0, 1.5):.2f} {y + self.random.gauss(0, 1.5):.2f}"

        def line():
            return sketched(" ".join(
                f"M{near(0, 0)} C{near(40, 30)}, {near(80, 60)}, {near(130, 90)}" for _ in range(2)))

        def ellipse():
            rx, ry, k = self.uniform(40, 90), self.uniform(40, 90), 0.5523
            turns = []
            for _ in range(2):
                turns.append(
                    f"M{near(rx, 0)} C{near(rx * (1 + k), 0)}, {near(2 * rx, ry * (1 - k))}, {near(2 * rx, ry)} "
                    f"C{near(2 * rx, ry * (1 + k))}, {near(rx * (1 + k), 2 * ry)}, {near(rx, 2 * ry)} "
                    f"C{near(rx * (1 - k), 2 * ry)}, {near(0, ry * (1 + k))}, {near(0, ry)} "
                    f"C{near(0, ry * (1 - k))}, {near(rx * (1 - k), 0)}, {near(rx, 0)}")
            return sketched(" ".join(turns))

        def diamond():
            return sketched("M65 0 L130 50 L65 100 L0 50 L65 0 M65 0 L130 50 L65 100 L0 50 L65 0", color)

        body = self.pick([freehand, freehand, line, ellipse, diamond], 4, 7)
        return (
            f'<svg version="1.1" {NAMESPACE} viewBox="0 0 512 512" width="512" height="512">\n'
            '  <!-- svg-source:excalidraw -->\n  \n  <defs>\n    <style class="style-fonts">\n      @font-face {\n'
            '        font-family: "Virgil";\n        src: url("https://excalidraw.com/Virgil.woff2");\n      }\n'
            '      @font-face {\n        font-family: "Cascadia";\n'
            '        src: url("https://excalidraw.com/Cascadia.woff2");\n      }\n    </style>\n    \n  </defs>\n'
            f'  <rect x="0" y="0" width="512" height="512" fill="#ffffff"></rect>{body}</svg>')

    def react_sketch_canvas(self):
        color = self.random.choice(["red", "#000000", "rgb(10, 20, 30)"])
        body = ""
        for index in range(self.random.randint(3, 6)):
            points = self.walk()
            if self.random.random() < 0.2:
                points = points[:1]
            data = f"M {points[0][0]},{points[0][1]} "
            for first, second, end in self.beziers(points):
                data += f"C {first[0]},{first[1]} {second[0]},{second[1]} {end[0]},{end[1]} "
            width = self.width()
            if len(points) == 1:
                body += f'<circle id="canvas__{index}" cx="{points[0][0]}" cy="{points[0][1]}" r="{width / 2}" stroke="{color}" fill="{color}"></circle>'
            else:
                body += (f'<path id="canvas__{index}" d="{data}" fill="none" stroke-linecap="round" stroke="{color}" '
                         f'stroke-width="{width}"></path>')
        return (
            f'<svg version="1.1" baseProfile="full" {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" '
            'style="width: 100%; height: 100%;" id="canvas" viewBox="0 0 512 512" width="512" height="512">'
            '<g id="canvas__canvas-background-group"><rect id="canvas__canvas-background" x="0" y="0" width="100%" '
            f'height="100%" fill="white"></rect></g><g id="canvas__stroke-group-0">{body}</g></svg>')
