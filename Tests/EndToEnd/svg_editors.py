"""Documents as eight kinds of editors and drawing canvases write them, with random drawings in one color."""

import math

from svg_canvases import NAMESPACE, Canvases

SIZE = 512


class Editor(Canvases):
    """Each method with the name of an editor is a document in its style."""

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

        body = self.pick([pencil, pencil, corners, arc, ellipse, rectangle], 4, 7)
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

        body = self.pick([pen, pen, polyline, ring, shape, shape], 4, 8)
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

        body = self.pick([vector, stroke, stroke, frame, compound], 4, 7)
        return (
            f'<svg width="512" height="512" viewBox="0 0 512 512" fill="none" {NAMESPACE}>\n<g clip-path="url(#clip0_12_34)">\n'
            f'<rect width="512" height="512" fill="white"/>\n{body}</g>\n<defs>\n<clipPath id="clip0_12_34">\n'
            '<rect width="512" height="512" fill="white"/>\n</clipPath>\n</defs>\n</svg>')

    def others(self):
        """tldraw, d3, potrace, and sprites."""
        return self.random.choice([self.tldraw, self.d3, self.potrace, self.sprites])()

    def tldraw(self):
        body = ""
        for _ in range(self.random.randint(3, 5)):
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
        for _ in range(self.random.randint(2, 4)):
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
        for _ in range(self.random.randint(2, 3)):
            for points in [self.blob(radius=130, count=11), self.blob(radius=30, count=6)[::-1]]:
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
        points = self.walk(count=8)
        data = f"M{points[0][0]} {points[0][1]}"
        for (x, y), (nx, ny) in zip(points[1:], points[2:]):
            data += f"Q{x} {y} {(x + nx) / 2} {(y + ny) / 2}"
        uses = "".join(
            f'<use xlink:href="#s" x="{self.uniform(0, 150)}" y="{self.uniform(0, 150)}" width="{w}" height="{w}"/>'
            f'<use href="#dot" transform="translate({self.uniform(60, 440)} {self.uniform(60, 440)})"/>'
            for w in [self.uniform(280, 420) for _ in range(self.random.randint(1, 2))])
        return (
            f'<svg {NAMESPACE} xmlns:xlink="http://www.w3.org/1999/xlink" width="512" height="512"><defs><symbol id="s" '
            f'viewBox="0 0 512 512" overflow="visible" fill="none" stroke="currentColor" stroke-width="{1.2 * self.width()}" stroke-linecap="round">'
            f'<path d="{data}"/></symbol><circle id="dot" r="{self.uniform(20, 40)}"/></defs><g color="#000">{uses}</g></svg>')


KINDS = ["fabric", "signature_pad", "excalidraw", "react_sketch_canvas", "inkscape", "illustrator", "figma", "others"]


def documents(seeds):
    """Named documents; every eighth is of the same editor."""
    return {f"{seed:03}-{KINDS[seed % 8]}": getattr(Editor(seed), KINDS[seed % 8])() for seed in seeds}
