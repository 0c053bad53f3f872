"""Reports as users meet them: in a browser, from a file, with mouse and keyboard, in light and dark mode."""

import json
import re

import cv2
import numpy as np
import pytest
from browser import Browser
from conftest import export, run, tree
from PIL import Image


@pytest.fixture(scope="module")
def browser():
    browser = Browser()
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def masks(bundled, tmp_path_factory):
    output = tmp_path_factory.mktemp("report") / "masks"
    export(bundled, output, "--train", 500, "--test", 100, "--backend", "exact")
    return output


@pytest.fixture(scope="module")
def page(masks, tmp_path_factory):
    output = tmp_path_factory.mktemp("page") / "report.html"
    run("report", masks, "--output", output, "--sample", 300)
    return output


@pytest.fixture(scope="module")
def diff_page(masks, tmp_path_factory):
    """Masks with a rectangle inverted, the larger the higher their number, against the masks as they are."""
    folder = tmp_path_factory.mktemp("diff")
    (folder / "mine").mkdir()
    for number in range(12):
        image = np.array(Image.open(masks / "test" / f"{number:05}_test.png"))
        image[100:100 + 4 * number, 200:210] ^= 255
        Image.fromarray(image).save(folder / "mine" / f"{number:05}_test.png")
    run("diff", folder / "mine", masks / "test", "--html", folder / "diff.html", "--quiet", exit_code=1)
    return folder / "diff.html"


def data_of(page):
    """The data of a page, as a script would read them."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text(), re.S)[1])


def luminance(color):
    channels = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


# The figures, against numpy and OpenCV.


def test_figures_are_those_of_the_images(masks, page):
    report = data_of(page)
    images = [np.array(Image.open(path)) == 255 for path in sorted(masks.glob("t*/*.png"))]
    ratios = np.array([image.mean() for image in images])
    assert report["masks"] == report["vectors"] == 600
    assert report["ratio"]["mean"] == pytest.approx(ratios.mean(), abs=1e-6)
    assert report["ratio"]["median"] == pytest.approx(np.median(ratios), abs=1e-6)
    ends = [-1, *(bucket["end"] for bucket in report["ratio"]["buckets"])]
    assert ends[1:] == [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1]
    for bucket, low, high in zip(report["ratio"]["buckets"], ends, ends[1:]):
        inside = [image for image, ratio in zip(images, ratios) if low < ratio <= high]
        edges = [np.concatenate([image[[0, -1]].ravel(), image[:, [0, -1]].ravel()]) for image in inside]
        assert bucket["masks"] == len(inside)
        assert bucket["touching"] == sum(edge.any() for edge in edges)
    assert report["ratio"]["steps"] == np.histogram(ratios, np.arange(1001) / 1000)[0].tolist()


def test_the_heat_map_is_the_mean_of_the_images(browser, masks, page):
    images = [np.array(Image.open(path)) / 255 for path in sorted(masks.glob("t*/*.png"))]
    mean = cv2.resize(np.mean(images, axis=0), (64, 64), interpolation=cv2.INTER_AREA)
    browser.open(page)
    ratios = browser.run(
        """
        const { ratios } = JSON.parse(document.getElementById('data').textContent).heat;
        const bytes = Uint8Array.from(atob(ratios), (character) => character.charCodeAt(0));
        return Array.from({ length: bytes.length / 2 }, (_, index) => bytes[2 * index] + 256 * bytes[2 * index + 1]);
        """)
    assert np.abs(np.array(ratios).reshape(64, 64) / 65535 - mean).max() < 1e-4


def test_strokes_and_words_are_those_of_the_lines(masks, page):
    report = data_of(page)
    texts = [path.read_text() for path in sorted((masks / "vectors").iterdir())]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    strokes = [stroke for line in lines for stroke in line["strokes"]]
    assert report["widths"]["count"] == len(strokes)
    assert report["widths"]["mean"] == pytest.approx(np.mean([stroke["width"] for stroke in strokes]), abs=1e-4)
    assert sum(report["widths"]["counts"]) + report["widths"]["above"] == len(strokes)
    counts = np.bincount([len(line["strokes"]) for line in lines])
    tally = report["strokes"]
    edges = np.arange(len(tally["counts"]) + 1) * tally["step"] + tally["start"]
    assert tally["counts"] == [int(counts[int(low):int(high)].sum()) for low, high in zip(edges, edges[1:])]
    assert tally["above"] == counts[int(edges[-1]):].sum() <= 0.01 * len(lines)
    words = {entry["word"]: entry["strokes"] for entry in report["words"]}
    assert words == {word: sum(stroke["source"]["word"] == word for stroke in strokes) for word in words}
    angles, lengths = [], []
    for stroke in strokes:
        steps = np.diff(np.array(stroke["points"]), axis=0)
        angles += np.degrees(np.arctan2(-steps[:, 1], steps[:, 0])).tolist()
        lengths += np.hypot(steps[:, 0], steps[:, 1]).tolist()
    sectors = np.rint(np.array(angles) / 5).astype(int) % 36
    assert np.allclose(report["directions"], np.bincount(sectors, lengths, 36), rtol=1e-4)


def test_the_sample_has_every_kind_of_extreme(page):
    report = data_of(page)
    ratios = [mask["ratio"] for mask in report["sample"]]
    assert len(ratios) == 300
    assert (min(ratios), max(ratios)) == (report["ratio"]["minimum"], report["ratio"]["maximum"])
    assert max(len(mask["strokes"]) for mask in report["sample"]) == report["strokes"]["maximum"]


# The page in a browser.


def test_it_opens_from_a_disk_and_asks_for_nothing(browser, page):
    browser.open(page)
    assert browser.run("return document.title") == browser.text("h1") == "masks"
    assert browser.all("#numbers dd")[0].text == "600"
    assert browser.complaints() == []
    assert browser.requests() == [page.as_uri()]


def test_the_drawing_in_the_page_is_the_mask(browser, masks, page):
    browser.open(page)
    report = data_of(page)
    index = max(range(len(report["sample"])), key=lambda place: len(report["sample"][place]["strokes"]))
    name = report["sample"][index]["name"].rsplit("/")[-1]
    paths = browser.run(
        """
        const item = document.querySelectorAll('#gallery .gallery li')[arguments[0]];
        item.scrollIntoView();
        return new Promise((resolve) => {
            const look = () => {
                const paths = [...item.querySelectorAll('path')];
                if (paths.length === 0) return requestAnimationFrame(look);
                resolve(paths.map((path) => [path.getAttribute('d'), path.getAttribute('stroke-width')]));
            };
            look();
        });
        """, index)
    split = name.rsplit("_", 1)[1]
    lines = (json.loads(line) for line in (masks / "vectors" / f"{split}.jsonl").read_text().splitlines())
    strokes = next(line["strokes"] for line in lines if line["id"] == name)
    assert len(paths) == len(strokes)
    for (data, width), stroke in zip(paths, strokes):
        steps = np.array(re.findall(r"-?[\d.]+", data.removesuffix("h0")), float).reshape(-1, 2)
        assert np.allclose(np.cumsum(steps, axis=0), stroke["points"], atol=1e-6)
        assert float(width) == stroke["width"]


def test_the_gallery_draws_as_it_comes_into_sight(browser, page):
    browser.open(page)
    drawn = "#gallery .gallery svg"
    assert browser.all(drawn) == []
    browser.run("document.documentElement.style.scrollBehavior = 'auto'")
    browser.run("document.getElementById('gallery').scrollIntoView()")
    first = len(browser.wait(lambda: browser.all(drawn)))
    browser.run("scrollBy(0, 1500)")
    browser.wait(lambda: len(browser.all(drawn)) > first)
    assert len(browser.all(drawn)) < len(browser.all("#gallery .gallery li"))


def test_a_mask_opens_by_a_click_and_closes_by_escape(browser, page):
    browser.open(page)
    browser.all("#look .tile")[3].click()
    assert browser.one("dialog").is_displayed()
    assert browser.text(".position") == "4 of 12"
    browser.press("ESCAPE")
    assert not browser.one("dialog").is_displayed()


def test_everything_can_be_done_by_keys(browser, page):
    browser.open(page)
    browser.run("document.querySelector('#look .tile').focus()")
    browser.press("ARROW_RIGHT", "ARROW_RIGHT", "ARROW_LEFT", "ENTER")
    assert browser.text(".position") == "2 of 12"
    title = browser.text("#viewer-title")
    browser.press("ARROW_RIGHT")
    assert browser.text(".position") == "3 of 12"
    browser.press("END", "ARROW_RIGHT")
    assert browser.text(".position") == "12 of 12"
    browser.press("HOME", "ARROW_RIGHT")
    assert browser.text("#viewer-title") == title
    browser.press("+")
    assert "scale(1.6)" in browser.one(".stage > *").get_attribute("style")
    browser.press("0", "ESCAPE")
    # The focus is where one would go on.
    label = browser.driver.switch_to.active_element.get_attribute("aria-label")
    assert label.startswith(f"{title}, hole ")
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    # One stop for Tab, however many masks there are.
    assert len(browser.all("#gallery .tile[tabindex='0']")) == 1


def test_strokes_are_shown_with_where_they_come_from(browser, page):
    browser.open(page)
    browser.all("#look .tile")[8].click()
    report = data_of(page)
    mask = next(mask for mask in report["sample"] if mask["name"] == browser.text("#viewer-title"))
    rows = [row.find_elements("css selector", "th, td") for row in browser.all(".strokes tbody tr")]
    assert [[cell.text for cell in row[1:5]] for row in rows] == [
        [report["sampleWords"][stroke["word"]], stroke["key"], str(stroke["stroke"]), f"{stroke['width']:.4g}"]
        for stroke in mask["strokes"]]
    words = {stroke["word"] for stroke in mask["strokes"]}
    assert len({stroke.get_attribute("color") for stroke in browser.all(".sheet .stroke")}) == len(words)
    browser.one(".swatch").click()
    assert len(browser.all(".sheet .dim")) == len(rows) - 1


def test_order_and_filters_choose_what_is_shown(browser, page):
    browser.open(page)
    browser.choose("Order", "largest hole first")
    labels = [tile.get_attribute("aria-label") for tile in browser.all("#gallery .tile")]
    ratios = {mask["name"]: mask["ratio"] for mask in data_of(page)["sample"]}
    shown = [ratios[label.split(",")[0]] for label in labels]
    assert shown == sorted(shown, reverse=True) and len(shown) == len(ratios)
    browser.choose("Split", "test")
    browser.choose("Hole ratio", "10 to 20 %")
    names = [tile.get_attribute("aria-label").split(",")[0] for tile in browser.all("#gallery .tile")]
    wanted = [name for name, ratio in ratios.items() if name.endswith("_test") and 0.1 < ratio <= 0.2]
    assert sorted(names) == sorted(wanted) and wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_system_and_the_switch_in_readable_colors(browser, page, scheme):
    browser.open(page, scheme=scheme)

    def background():
        return browser.run("return getComputedStyle(document.body).backgroundColor")

    def check(wanted):
        assert (luminance(background()) > 0.5) == (wanted == "light")
        quiet = browser.run("return getComputedStyle(document.querySelector('section p')).color")
        link = browser.run("return getComputedStyle(document.querySelector('summary')).color")
        card = browser.run("return getComputedStyle(document.querySelector('.panel')).backgroundColor")
        for color in [quiet, link]:
            assert min(contrast(color, background()), contrast(color, card)) >= 4.5

    check(scheme)
    other = "dark" if scheme == "light" else "light"
    browser.run("document.querySelector(`input[name=theme][value=${arguments[0]}]`).click()", other)
    check(other)
    browser.run("document.querySelector('input[name=theme][value=auto]').click()")
    check(scheme)


def test_a_phone_need_not_scroll_sideways(browser, page, diff_page):
    for path in [page, diff_page]:
        browser.open(path, width=390, height=844)
        browser.wait(lambda: browser.all(".tile"))
        assert browser.run("return document.documentElement.scrollWidth") == 390
        browser.run("document.querySelector('.tile').click()")
        assert browser.run("return document.querySelector('.frame').scrollWidth") <= 390


def test_every_image_and_field_has_a_name(browser, page, diff_page):
    for path in [page, diff_page]:
        browser.open(path)
        nodes = browser.command("Accessibility.getFullAXTree")["nodes"]
        named = ["button", "image", "img", "combobox", "spinbutton", "radio", "region", "navigation", "link"]
        for node in nodes:
            role = node.get("role", {}).get("value")
            assert role not in named or node["name"]["value"], role
        roles = {node.get("role", {}).get("value") for node in nodes}
        assert {"banner", "navigation", "main", "contentinfo"} <= roles


# What a comparison shows.


def shown_pairs(browser):
    return [tile.get_attribute("aria-label").split(",")[0] for tile in browser.all("#pairs .tile")]


def test_a_comparison_shows_the_worst_first_by_any_metric(browser, diff_page):
    browser.open(diff_page)
    pairs = {pair["name"]: pair for pair in data_of(diff_page)["pairs"]}
    assert len(pairs) == 12
    names = shown_pairs(browser)
    assert names == sorted(pairs, key=lambda name: (pairs[name]["iou"], name))
    for metric, badness in [
        ("Differing", lambda pair: pair["differing"]),
        ("Only in the candidate", lambda pair: pair["only_candidate"]),
        ("Hole ratio, difference", lambda pair: abs(pair["hole_ratio_difference"])),
    ]:
        browser.choose("Sort by", metric)
        assert shown_pairs(browser) == sorted(pairs, key=lambda name: (-badness(pairs[name]), name)), metric
    browser.choose("Order", "best first")
    assert shown_pairs(browser)[0] == "00000_test"
    browser.choose("Show", "same")
    assert shown_pairs(browser) == ["00000_test"]
    assert browser.complaints() == [] and browser.requests() == [diff_page.as_uri()]


def test_a_pair_is_shown_pixel_by_pixel(browser, diff_page, masks):
    browser.open(diff_page)
    browser.choose("Sort by", "Differing")
    browser.all("#pairs .tile")[0].click()
    assert browser.text("#viewer-title") == "00011_test"
    reference = np.array(Image.open(masks / "test" / "00011_test.png"))
    candidate = reference.copy()
    candidate[100:144, 200:210] ^= 255
    for side, expected in [("candidate", candidate), ("reference", reference)]:
        browser.run("document.querySelector(`input[name=side][value=${arguments[0]}]`).click()", side)
        browser.wait(lambda: browser.run("return document.querySelector('.sheet canvas').width") == 512)
        white = browser.run(
            """
            const canvas = document.querySelector('.sheet canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const reds = data.filter((_, index) => index % 4 === 0);
            return Array.from(reds, (red) => (red > 127 ? '1' : '0')).join('');
            """)
        shown = np.frombuffer(white.encode(), np.uint8).reshape(512, 512) == ord("1")
        assert np.array_equal(shown, expected == 255), side


# What may be in a dataset, and what becomes of the file.


def test_words_and_names_that_look_like_html_are_shown_as_they_are(browser, tmp_path):
    word = """</script><img src=x onerror=alert(1)> "'&amp; <!-- \\u003c ünïcode"""
    source = {"word": word, "key_id": "18446744073709551615", "stroke": 0}
    stroke = {"width": 5, "points": [[3, 3], [60, 40]], "source": source}
    mask = {"format": "qd-imd-mask/1", "id": "<b>&\"'", "canvas": [64, 64], "strokes": [stroke]}
    (tmp_path / "masks.jsonl").write_text(json.dumps(mask) + "\n")
    run("report", tmp_path / "masks.jsonl", "--output", tmp_path / "r.html", "--title", "<i>\"title\"</i>")
    browser.open(tmp_path / "r.html")
    assert browser.text("h1") == "<i>\"title\"</i>"
    assert browser.text("#words .name") == word
    browser.all("#look .tile")[0].click()
    assert browser.text("#viewer-title") == "<b>&\"'"
    assert browser.text(".strokes tbody th") == word
    assert browser.text(".strokes .key") == "18446744073709551615"
    assert browser.complaints() == [] and browser.all("main img") == []


def test_filled_paths_and_flat_ends_are_drawn_as_the_mask_has_them(browser, tmp_path):
    ring = [[10, 10], [90, 10], [90, 60], [10, 60], [10, 10], [30, 25], [30, 45], [70, 45], [70, 25], [30, 25]]
    strokes = [
        {"width": 0, "fill": True, "points": ring},
        {"width": 10, "fill": True, "points": [[130, 20], [180, 20], [155, 50]]},
        {"width": 20, "cap": "butt", "points": [[20, 90], [80, 90], [80, 130]]},
        {"width": 20, "cap": ["butt", "round"], "points": [[120, 90], [180, 130]]},
        {"width": 20, "cap": ["round", "butt"], "points": [[30, 170], [100, 160], [170, 175]]},
        {"width": 16, "points": [[100, 130]]}]
    mask = {"format": "qd-imd-mask/2", "id": "shapes", "canvas": [200, 200], "hole_ratio": 0, "strokes": strokes}
    (tmp_path / "shapes.jsonl").write_text(json.dumps(mask) + "\n")
    run("report", tmp_path / "shapes.jsonl", "--output", tmp_path / "r.html")
    run("rasterize", tmp_path / "shapes.jsonl", "--output", tmp_path / "images", "--scale", 3, "--backend", "exact")
    (image,) = (tmp_path / "images").rglob("*.png")
    expected = np.array(Image.open(image)) > 127
    browser.open(tmp_path / "r.html")
    browser.run("document.getElementById('gallery').scrollIntoView()")
    svg = browser.wait(lambda: browser.all("#gallery .gallery svg"))[0].get_attribute("outerHTML")
    # Not in the report, whose content security policy does not allow what a screenshot of the drawing needs.
    (tmp_path / "drawing.html").write_text(
        f"<style>body{{margin:0}}svg{{width:600px;height:600px;display:block}}</style><main><section>{svg}</section></main>")
    browser.open(tmp_path / "drawing.html", width=600, height=600)
    browser.driver.save_screenshot(tmp_path / "drawing.png")
    shown = np.array(Image.open(tmp_path / "drawing.png").convert("L"))[:600, :600] > 127
    assert shown.shape == expected.shape
    assert (shown & expected).sum() / (shown | expected).sum() > 0.995


def test_images_are_shown_where_there_are_no_vectors(browser, bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--train", 30, "--test", 0, "--formats", "png", "--hole", "black")
    run("report", tmp_path / "masks", "--output", tmp_path / "r.html")
    browser.open(tmp_path / "r.html")
    images = browser.wait(lambda: browser.all("#look img"))
    assert len(images) == 12
    widths = "return [...document.querySelectorAll('#look img')].map((image) => image.naturalWidth)"
    browser.wait(lambda: browser.run(widths) == [256] * 12)
    mean = np.mean([np.array(Image.open(path)) == 0 for path in (tmp_path / "masks").glob("train/*.png")])
    assert data_of(tmp_path / "r.html")["ratio"]["mean"] == pytest.approx(mean, abs=1e-6)
    assert browser.complaints() == []


def test_masks_without_a_hole_or_a_stroke_make_a_page_too(browser, tmp_path):
    (tmp_path / "masks.jsonl").write_text('{"format":"qd-imd-mask/1","canvas":[4,4],"strokes":[]}\n')
    Image.new("L", (3, 3)).save(tmp_path / "blank.png")
    for name in ["masks.jsonl", "blank.png"]:
        run("report", tmp_path / name, "--output", tmp_path / "r.html", "--overwrite")
        browser.open(tmp_path / "r.html")
        browser.all("#look .tile")[0].click()
        assert browser.text(".pairs dd").replace("\u00a0", " ") == "0.00 %"
        assert browser.complaints() == [], name
        assert "NaN" not in browser.run("return document.querySelector('main').innerHTML")


def test_a_report_is_the_same_on_any_number_of_cores_and_for_tars(bundled, tmp_path):
    reports = []
    for name, arguments in [("files", []), ("tars", ["--tar", 70])]:
        export(bundled, tmp_path / name, "--train", 150, "--test", 50, "--formats", "json", *arguments)
        pages = [tmp_path / f"{name}-{jobs}.html" for jobs in [1, 3]]
        for page, jobs in zip(pages, [1, 3]):
            run("report", tmp_path / name, "--output", page, "--jobs", jobs)
        assert pages[0].read_bytes() == pages[1].read_bytes()
        reports.append(data_of(pages[0]))
    for key in ["masks", "ratio", "heat", "strokes", "widths", "directions", "words", "drift"]:
        assert reports[0][key] == reports[1][key], key


def test_a_file_that_is_there_is_kept_unless_it_may_go(masks, tmp_path):
    page = tmp_path / "r.html"
    for arguments, code in [(["report", masks, "--output", page], 1), (["diff", masks, masks, "--html", page], 2)]:
        page.write_text("mine")
        said = run(*arguments, exit_code=code).stderr
        assert said == f"{page}: already exists; expected a new file, or --overwrite\n"
        assert page.read_text() == "mine"
        run(*arguments, "--overwrite")
        assert page.read_text().startswith("<!doctype html>")
    assert list(tree(tmp_path)) == ["r.html"]


def test_a_dash_is_standard_output(masks, tmp_path):
    run("report", masks, "--output", tmp_path / "r.html")
    done = run("report", masks, "--output", "-")
    assert done.stdout == (tmp_path / "r.html").read_text()
    assert done.stderr.startswith("standard output: ")


def test_a_broken_mask_leaves_no_file(tmp_path):
    mask = {"format": "qd-imd-mask/1", "canvas": [4, 4], "strokes": [{"width": 0, "points": [[1, 1]]}]}
    (tmp_path / "masks.jsonl").write_text(json.dumps(mask) + "\n")
    said = run("report", tmp_path / "masks.jsonl", "--output", tmp_path / "r.html", exit_code=1).stderr
    assert said == f"{tmp_path}/masks.jsonl:1: stroke 0: a width of 0.0 px; expected 0.01 to 10000000\n"
    assert list(tree(tmp_path)) == ["masks.jsonl"]


@pytest.mark.thorough
def test_sixty_thousand_masks_make_a_page_below_5_mb_that_paints_at_once(browser, bundled, tmp_path):
    export(bundled, tmp_path / "masks", "--formats", "json")
    run("report", tmp_path / "masks", "--output", tmp_path / "r.html")
    assert (tmp_path / "r.html").stat().st_size < 5_000_000
    browser.open(tmp_path / "r.html")
    assert browser.all("#numbers dd")[0].text == "60,000"
    paints = browser.run("return performance.getEntriesByType('paint').map((entry) => entry.startTime)")
    assert 0 < max(paints) < 2000
