"""Documents as eight kinds of editors and drawing canvases write them, with random drawings in one color."""

import math
import random

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
SIZE = 512


class Editor:
    """Random drawings; each method with the name of an editor is a document in its style."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    # Numbers and drawings

    def uniform(self, low, high, digits=2):
        return round(self.random.uniform(low, high), digits)

    def width(self):
        return self.uniform(26, 64, 1)

    def walk(self, count=None, step=40, digits=2):
        """The points of a freehand stroke within the canvas."""
        x, y = self.uniform(90, 420), self.uniform(90, 420)
        angle, points = self.uniform(0, 6.28), []
        for _ in range(count or self.random.randint(5, 14)):
            points.append((round(x, digits), round(y, digits)))
            angle += self.random.gauss(0, 0.6)
            if not 60 < x + step * math.cos(angle) < 450 or not 60 < y + step * math.sin(angle) < 450:
                angle = math.atan2(256 - y, 256 - x) + self.random.gauss(0, 0.3)
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

    # Editors

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

        body = self.pick([brush, brush, circle, rectangle, polygon], 2, 6)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
            f'<svg {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="512" height="512" '
            'viewBox="0 0 512 512" xml:space="preserve">\n<desc>Created with Fabric.js 5.3.0</desc>\n<defs>\n</defs>\n'
            f'<rect x="0" y="0" width="100%" height="100%" fill="#000000"></rect>\n{body}</svg>')

    def signature_pad(self):
        color = self.random.choice(["black", "rgb(0, 0, 0)", "#1a237e"])
        body = ""
        for _ in range(self.random.randint(2, 5)):
            points = self.walk()
            width = self.width()
            for start, (first, second, end) in zip(points, self.beziers(points)):
                width = min(max(width + self.random.gauss(0, 3), 24), 64)
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

        body = self.pick([freehand, freehand, line, ellipse, diamond], 2, 5)
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
        for index in range(self.random.randint(2, 5)):
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

    def inkscape(self):
        mm = 25.4 / 96

        def style(fill, stroke, join=None):
            join = join or self.random.choice(["round", "miter", "bevel"])
            return (
                f'style="fill:{fill};fill-opacity:1;fill-rule:{self.random.choice(["evenodd", "nonzero"])};stroke:{stroke};'
                f'stroke-width:{self.width() * mm:.6f};stroke-linecap:{self.random.choice(["round", "butt", "square"])};'
                f'stroke-linejoin:{join};stroke-miterlimit:4;stroke-dasharray:none;stroke-opacity:1;paint-order:normal"')

        def pencil():
            points = [(x * mm, y * mm) for x, y in self.walk()]
            data, (x, y) = f"m {points[0][0]:.5f},{points[0][1]:.5f} c", points[0]
            for first, second, end in self.beziers(points):
                data += "".join(f" {px - x:.6f},{py - y:.6f}" for px, py in (first, second, end))
                x, y = end
            return f'<path {style("none", "#ffffff")} d="{data}" id="path{self.random.randint(1, 9999)}" inkscape:connector-curvature="0" />'

        def corners():
            points = [(x * mm, y * mm) for x, y in self.walk(count=self.random.randint(3, 6), step=110)]
            data = f"M {points[0][0]:.4f},{points[0][1]:.4f} " + " ".join(f"{x:.4f},{y:.4f}" for x, y in points[1:])
            return f'<path {style("none", "#ffffff")} d="{data}{self.random.choice(["", " Z"])}" />'

        def arc():
            cx, cy, r = self.uniform(40, 95), self.uniform(40, 95), self.uniform(12, 26)
            start, end = self.uniform(0, 6.28), self.uniform(0, 6.28)
            sx, sy, ex, ey = (cx + r * math.cos(start), cy + r * math.sin(start), cx + r * math.cos(end), cy + r * math.sin(end))
            large = int((end - start) % (2 * math.pi) > math.pi)
            return (f'<path {style("none", "#ffffff")} sodipodi:type="arc" sodipodi:cx="{cx}" sodipodi:cy="{cy}" '
                    f'd="M {sx:.5f},{sy:.5f} A {r},{r} 0 {large} 1 {ex:.5f},{ey:.5f}" sodipodi:open="true" />')

        def ellipse():
            stroke = self.random.choice(["none", "#ffffff"])
            return (f'<ellipse {style("#ffffff" if stroke == "none" else "none", stroke)} cx="{self.uniform(40, 95)}" '
                    f'cy="{self.uniform(40, 95)}" rx="{self.uniform(12, 30)}" ry="{self.uniform(12, 30)}" '
                    f'transform="rotate({self.uniform(-20, 20)},67,67)" />')

        def rectangle():
            return (f'<rect {style("#ffffff", self.random.choice(["none", "#ffffff"]))} width="{self.uniform(15, 45)}" '
                    f'height="{self.uniform(15, 45)}" x="{self.uniform(20, 80)}" y="{self.uniform(20, 80)}" '
                    f'{self.random.choice(["", "ry=" + chr(34) + "4.5" + chr(34)])} />')

        body = self.pick([pencil, pencil, corners, arc, ellipse, rectangle], 2, 5)
        side = SIZE * mm
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
            '<!-- Created with Inkscape (http://www.inkscape.org/) -->\n\n'
            f'<svg\n   width="{side:.5f}mm"\n   height="{side:.5f}mm"\n   viewBox="0 0 {side:.5f} {side:.5f}"\n   version="1.1"\n'
            '   id="svg5"\n   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"\n'
            '   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"\n'
            f'   {NAMESPACE}\n   xmlns:svg="http://www.w3.org/2000/svg">\n'
            '  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:document-units="mm" />\n'
            '  <defs id="defs2"><linearGradient id="unused"><stop offset="0" /></linearGradient></defs>\n'
            f'  <rect style="fill:#000000;stroke:none" width="{side:.5f}" height="{side:.5f}" x="0" y="0" />\n'
            f'  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" style="display:inline">{body}</g>\n</svg>')

    def illustrator(self):
        rules = (
            f".cls-1{{fill:none;stroke:#000;stroke-linecap:round;stroke-miterlimit:10;stroke-width:{self.width()}px;}}"
            f".cls-2{{stroke-linejoin:round;}}.cls-3,.cls-4{{fill:#000;}}.cls-4{{fill-rule:evenodd;}}"
            f"polyline.cls-1{{stroke-width:{self.width()}px}}#Layer_2 .x-unused{{font-size:12px}}")
        # A selector that could match is an error, one without an effect on shapes is not.

        def pen():
            points = self.walk()
            data, (x, y) = f"M{points[0][0]},{points[0][1]}", points[0]
            for index, (first, second, end) in enumerate(self.beziers(points)):
                pairs = [first, second, end] if index == 0 else [second, end]
                numbers = "".join(f",{px - x:.2f},{py - y:.2f}" for px, py in pairs)[1:]
                data += ("c" if index == 0 else "s") + numbers.replace(",-", "-").replace("0.", ".")
                x, y = x + float(f"{end[0] - x:.2f}"), y + float(f"{end[1] - y:.2f}")
            return f'<path class="{self.random.choice(["cls-1", "cls-1 cls-2"])}" d="{data}"/>'

        def polyline():
            points = " ".join(f"{x} {y}" for x, y in self.walk(count=4, step=90))
            return f'<polyline class="{self.random.choice(["cls-1", "cls-1 cls-2"])}" points="{points}"/>'

        def ring():
            x, y, r = self.uniform(120, 380), self.uniform(120, 380), self.uniform(40, 80)
            i = r / 2
            return (f'<path class="cls-4" d="M{x - r:.2f},{y}a{r},{r},0,1,0,{2 * r},0a{r},{r},0,0,0-{2 * r},0Z'
                    f'M{x - i:.2f},{y}a{i},{i},0,1,1,{2 * i},0A{i},{i},0,0,1,{x - i:.2f},{y}Z"/>')

        def shape():
            x, y = self.uniform(100, 350), self.uniform(100, 350)
            return self.random.choice([
                f'<rect class="cls-3" x="{x}" y="{y}" width="90" height="60" transform="translate(12.5 -20) rotate(12)"/>',
                f'<ellipse class="cls-3" cx="{x}" cy="{y}" rx="70" ry="42"/>', f'<circle class="cls-1" cx="{x}" cy="{y}" r="55"/>',
                f'<line class="cls-1" x1="{x}" y1="{y}" x2="{y}" y2="{x + 30}"/>',
                '<polygon class="cls-3" points="' + " ".join(f"{x} {y}" for x, y in self.blob()) + '"/>'])

        body = self.pick([pen, pen, polyline, ring, shape, shape], 2, 6)
        return (
            f'<svg id="Layer_1" data-name="Layer 1" {NAMESPACE} width="512" height="512" viewBox="0 0 512 512"><defs><style>'
            f'{rules}</style></defs><title>mask</title><g id="Layer_2" data-name="Layer 2">{body}</g></svg>')

    def figma(self):
        def vector():
            points = self.blob(count=7)
            data = f"M{points[0][0]:g} {points[0][1]:g}"
            for first, second, end in self.beziers(points + points[:1]):
                data += f"C{first[0]:.3f} {first[1]:.3f} {second[0]:.3f} {second[1]:.3f} {end[0]:g} {end[1]:g}"
            return f'<path d="{data}Z" fill="black"/>\n'

        def stroke():
            points = self.walk()
            data = f"M{points[0][0]:g} {points[0][1]:g}"
            for first, second, end in self.beziers(points):
                data += f"C{first[0]:.3f} {first[1]:.3f} {second[0]:.3f} {second[1]:.3f} {end[0]:g} {end[1]:g}"
            ends = self.random.choice(["", ' stroke-linecap="round"', ' stroke-linecap="round" stroke-linejoin="round"', ' stroke-linecap="square"'])
            return f'<path d="{data}" stroke="black" stroke-width="{self.width()}"{ends}/>\n'

        def frame():
            x, y, w = self.uniform(80, 250), self.uniform(80, 250), self.uniform(60, 160)
            return self.random.choice([
                f'<rect x="{x}" y="{y}" width="{w}" height="{w * 0.7:.2f}" rx="{self.uniform(4, 24)}" fill="black"/>\n',
                f'<rect x="{x}" y="{y}" width="{w}" height="{w * 0.7:.2f}" stroke="black" stroke-width="18"/>\n',
                f'<circle cx="{x + 60}" cy="{y + 60}" r="{w / 2:.2f}" stroke="black" stroke-width="16"/>\n',
                f'<rect width="{w}" height="40" transform="matrix(0.866 0.5 -0.5 0.866 {x} {y})" fill="black"/>\n'])

        def compound():
            points, inner = self.blob(radius=110), self.blob(radius=50)
            data = "M" + "L".join(f"{x} {y}" for x, y in points) + "ZM" + "L".join(f"{x} {y}" for x, y in inner) + "Z"
            return f'<path fill-rule="evenodd" clip-rule="evenodd" d="{data}" fill="black"/>\n'

        body = self.pick([vector, stroke, stroke, frame, compound], 2, 5)
        return (
            f'<svg width="512" height="512" viewBox="0 0 512 512" fill="none" {NAMESPACE}>\n<g clip-path="url(#clip0_12_34)">\n'
            f'<rect width="512" height="512" fill="white"/>\n{body}</g>\n<defs>\n<clipPath id="clip0_12_34">\n'
            '<rect width="512" height="512" fill="white"/>\n</clipPath>\n</defs>\n</svg>')

    def others(self):
        """tldraw, d3, potrace, and sprites."""
        return self.random.choice([self.tldraw, self.d3, self.potrace, self.sprites])()

    def tldraw(self):
        body = ""
        for _ in range(self.random.randint(1, 4)):
            points = self.outline(self.walk(step=20, count=self.random.randint(8, 24)), self.uniform(36, 70))
            data = f"M{points[0][0]:.4f},{points[0][1]:.4f} Q{points[0][0]:.4f},{points[0][1]:.4f}"
            for index, ((x, y), (nx, ny)) in enumerate(zip(points, points[1:])):
                data += f" {(x + nx) / 2:.4f},{(y + ny) / 2:.4f}" + (" T" if index < len(points) - 2 else " Z")
            body += f'<g transform="matrix(1, 0, 0, 1, 0, 0)" opacity="1"><path d="{data}" stroke-linecap="round" fill="#1d1d1d" stroke="none"></path></g>'
        return (f'<svg {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" direction="ltr" width="512" height="512" '
                f'viewBox="0 0 512 512" stroke-linecap="round" stroke-linejoin="round" style="background-color: transparent;">'
                f"<defs></defs>{body}</svg>")

    def d3(self):
        body = ""
        for _ in range(self.random.randint(1, 3)):
            points = self.walk()
            data = f"M{points[0][0]},{points[0][1]}"
            if self.random.random() < 0.5:
                data += "L" + "L".join(f"{x},{y}" for x, y in points[1:])
            else:
                data += "".join(f"C{a:.3f},{b:.3f},{c:.3f},{d:.3f},{x},{y}" for (a, b), (c, d), (x, y) in self.beziers(points))
            body += f'<path class="line" d="{data}"></path>'
        for _ in range(self.random.randint(0, 3)):
            body += f'<g transform="translate({self.uniform(80, 430)},{self.uniform(80, 430)})"><circle r="{self.uniform(12, 30)}"></circle></g>'
        return (f'<svg {NAMESPACE} width="512" height="512"><style>.line {{ fill: none; stroke: steelblue; stroke-width: '
                f"{self.width()}px; }}\ncircle {{ fill: steelblue; }}</style><g>{body}</g></svg>")

    def potrace(self):
        data = ""
        for _ in range(self.random.randint(1, 3)):
            for points in [self.blob(count=11), self.blob(radius=30, count=6)[::-1]]:
                points = [(round(10 * x), round(10 * (512 - y))) for x, y in points]
                (x, y), curve = points[0], self.beziers(points + points[:1])
                data += f"M{x} {y} c"
                for first, second, end in curve:
                    data += "".join(f"{round(px) - x} {round(py) - y} " for px, py in (first, second, end))
                    x, y = round(end[0]), round(end[1])
                data += "z\n"
        return (
            '<?xml version="1.0" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20010904//EN"\n'
            ' "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd">\n'
            f'<svg version="1.0" {NAMESPACE}\n width="384.000000pt" height="384.000000pt" viewBox="0 0 512.000000 512.000000"\n'
            ' preserveAspectRatio="xMidYMid meet">\n<metadata>\nCreated by potrace 1.16\n</metadata>\n'
            f'<g transform="translate(0.000000,512.000000) scale(0.100000,-0.100000)"\nfill="#000000" stroke="none">\n<path d="{data}"/>\n</g>\n</svg>')

    def sprites(self):
        points = self.walk(count=6, step=40)
        data = f"M{points[0][0]} {points[0][1]}" + "".join(f"Q{x + 9} {y - 9} {x} {y}" for x, y in points[1:])
        uses = "".join(
            f'<use xlink:href="#s" x="{self.uniform(0, 260)}" y="{self.uniform(0, 260)}" width="{w}" height="{w}"/>'
            f'<use href="#dot" transform="translate({self.uniform(60, 440)} {self.uniform(60, 440)})"/>'
            for w in [self.uniform(120, 250) for _ in range(self.random.randint(1, 3))])
        return (
            f'<svg {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" width="512" height="512"><defs><symbol id="s" '
            f'viewBox="0 0 512 512" fill="none" stroke="currentColor" stroke-width="{self.width() * 4}" stroke-linecap="round">'
            f'<path d="{data}"/></symbol><circle id="dot" r="{self.uniform(12, 30)}"/></defs><g color="#000">{uses}</g></svg>')


KINDS = ["fabric", "signature_pad", "excalidraw", "react_sketch_canvas", "inkscape", "illustrator", "figma", "others"]


def documents(count):
    """Named documents; every eighth is of the same editor."""
    return {f"{seed:03}-{KINDS[seed % 8]}": getattr(Editor(seed), KINDS[seed % 8])() for seed in range(count)}
