"""A reader of stroke banks, written from the documentation of the format alone (QDIMD.docc/BankFormat.md)."""

import struct

BLOCK = 4096
MASK = (1 << 64) - 1
PRIMES = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)
SECTIONS = ["categories", "drawings", "counts", "points", "checksums"]


def rotated(number, bits):
    return (number << bits | number >> 64 - bits) & MASK


def mixed(lane, number):
    return rotated((lane + number * PRIMES[1]) & MASK, 31) * PRIMES[0] & MASK


def xxh64(data):
    """XXH64 with seed 0."""
    place = 0
    if len(data) >= 32:
        lanes = [PRIMES[0] + PRIMES[1] & MASK, PRIMES[1], 0, -PRIMES[0] & MASK]
        while place + 32 <= len(data):
            lanes = [mixed(lane, number) for lane, number in zip(lanes, struct.unpack_from("<4Q", data, place))]
            place += 32
        value = sum(rotated(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18))) & MASK
        for lane in lanes:
            value = ((value ^ mixed(0, lane)) * PRIMES[0] + PRIMES[3]) & MASK
    else:
        value = PRIMES[4]
    value = value + len(data) & MASK
    while place + 8 <= len(data):
        value = (rotated(value ^ mixed(0, struct.unpack_from("<Q", data, place)[0]), 27) * PRIMES[0] + PRIMES[3]) & MASK
        place += 8
    if place + 4 <= len(data):
        number = struct.unpack_from("<I", data, place)[0] * PRIMES[0] & MASK
        value = (rotated(value ^ number, 23) * PRIMES[1] + PRIMES[2]) & MASK
        place += 4
    for byte in data[place:]:
        value = rotated(value ^ byte * PRIMES[4] & MASK, 11) * PRIMES[0] & MASK
    value = (value ^ value >> 33) * PRIMES[1] & MASK
    value = (value ^ value >> 29) * PRIMES[2] & MASK
    return value ^ value >> 32


def read_bank(data):
    """Checks a whole bank; gives its drawings as the ndjson has them, but for the fraction of the seconds."""
    assert data[:8] == bytes.fromhex("895144420D0A1A0A")
    version, block, length, category_count, drawing_count, stroke_count, point_count, fingerprint = struct.unpack_from(
        "<2I6Q", data, 8)
    assert (version, block, length) == (1, BLOCK, len(data))
    license_size, attribution_size = struct.unpack_from("<2H", data, 144)
    assert not any(data[148 + license_size + attribution_size:4088])
    assert struct.unpack_from("<Q", data, 4088)[0] == xxh64(data[:4088])
    bounds = {name: struct.unpack_from("<2Q", data, 64 + 16 * i) for i, name in enumerate(SECTIONS)}
    end = BLOCK
    for offset, size in bounds.values():
        assert offset == (end + BLOCK - 1) // BLOCK * BLOCK
        assert not any(data[end:offset])
        end = offset + size
    assert end == len(data)
    section = {name: data[offset:offset + size] for name, (offset, size) in bounds.items()}
    assert xxh64(section["checksums"]) == fingerprint
    sums = struct.unpack(f"<{len(section['checksums']) // 8}Q", section["checksums"])
    blocks = [data[place:place + BLOCK] for place in range(BLOCK, bounds["checksums"][0], BLOCK)]
    assert list(sums) == [xxh64(block) for block in blocks]

    drawings, words = [], []
    for i in range(category_count):
        count, strokes, strokeless, start, size = struct.unpack_from("<3Q2I", section["categories"], 32 * i)
        word = section["categories"][start:start + size]
        words.append(word)
        of_word = [read_drawing(section, len(drawings) + j, word.decode()) for j in range(count)]
        assert strokes == sum(map(present_count, of_word))
        assert strokeless == sum(not present_count(drawing) for drawing in of_word)
        drawings += of_word
    assert words == sorted(set(words))
    assert len(drawings) == drawing_count == len(section["counts"])
    assert stroke_count == sum(map(present_count, drawings))
    assert point_count == sum(len(x) for drawing in drawings for x, _ in drawing["drawing"])
    return drawings


def present_count(drawing):
    """How many strokes have points; the others were left out."""
    return sum(len(x) > 0 for x, _ in drawing["drawing"])


def read_drawing(section, index, word):
    key, place, time, country, flags, zero = struct.unpack_from("<2QI2s2B", section["drawings"], 24 * index)
    assert flags < 8 and zero == 0
    number = "I" if flags & 2 else "H"
    points = section["points"]
    [count] = struct.unpack_from("<" + number, points, place)
    place += struct.calcsize(number)
    ends = struct.unpack_from(f"<{count}{number}", points, place)
    place += count * struct.calcsize(number)
    present = sum(first < end for first, end in zip((0, *ends), ends))
    assert section["counts"][index] == min(present, 255)
    assert bool(flags & 4) == (present < count)
    strokes = []
    for first, end in zip((0, *ends), ends):
        pairs = points[place + 2 * first:place + 2 * end]
        strokes.append([list(pairs[::2]), list(pairs[1::2])])
    return {"word": word, "key_id": str(key), "countrycode": country.decode().rstrip("\0"), "timestamp": time,
            "recognized": bool(flags & 1), "drawing": strokes}
