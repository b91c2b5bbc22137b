"""Picture files: what is taken, what is taken out of them, and how texts show them."""

import io
import struct
import zlib
from dataclasses import replace

import pytest

from questionbank.images import MAX_BYTES, BadImage, asset_of, is_asset_name, size_of_asset
from questionbank.items import bind
from questionbank.pictures import ImageDefinition, ImageText
from questionbank.rendering import RenderingProblem
from questionbank.variant import Variant
from tests.questionbank import samples
from tests.questionbank.samples.pictures import HISTOGRAM, HOTSPOT_VARIANT, hotspot


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*, width: int = 2, height: int = 3, extra: bytes = b"") -> bytes:
    rows = b"".join(b"\0" + b"\x7f" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(extra: bytes = b"") -> bytes:
    size = segment(0xC0, struct.pack(">BHHB", 8, 30, 40, 1) + b"\1\x11\0")
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + extra + size + segment(0xDA, b"\1") + b"data\xff\xd9"


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = [
        (b"VP8X", bytes([0x0C, 0, 0, 0]) + b"\x27\0\0" + b"\x1d\0\0"),
        (b"VP8L", b"\x2f\0\0\0\0"),
        *chunks,
    ]
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in parts
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


SECRET = b"taken at 51.5N 0.1W"


@pytest.mark.parametrize(
    ("raw", "size", "extension"),
    [
        (png(extra=chunk(b"tEXt", SECRET) + chunk(b"eXIf", SECRET)), (2, 3), "png"),
        (png() + SECRET, (2, 3), "png"),
        (jpeg(segment(0xE1, b"Exif\0\0" + SECRET) + segment(0xFE, SECRET)), (40, 30), "jpg"),
        (jpeg() + SECRET, (40, 30), "jpg"),
        (webp((b"EXIF", SECRET), (b"XMP ", SECRET)), (40, 30), "webp"),
    ],
)
def test_what_cameras_and_editors_write_is_taken_out(raw, size, extension):
    picture = asset_of(raw)
    assert SECRET in raw
    assert SECRET not in picture.content
    assert size_of_asset(picture.name) == size
    assert is_asset_name(picture.name)
    assert picture.name.endswith(extension)
    assert asset_of(picture.content) == picture


def test_the_name_follows_from_the_picture_alone():
    assert asset_of(png()).name == asset_of(png(extra=chunk(b"tEXt", SECRET))).name
    assert asset_of(png()).name != asset_of(png(width=4)).name


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"GIF89a" + bytes(20),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf<?xml version='1.0'?><SVG></SVG>",
        png()[:40],
        png()[:-20],
        png().replace(b"\x7f", b"\x7e", 1)[:60] + bytes(10),
        png(width=0),
        png(width=5000),
        jpeg()[:30],
        b"\xff\xd8\xff\xd9",
        webp()[:30],
        b"RIFF\x04\0\0\0WEBP",
        png() + bytes(MAX_BYTES),
    ],
)
def test_what_is_no_picture_is_refused_with_what_to_do(raw):
    with pytest.raises(BadImage) as problem:
        asset_of(raw)
    assert ";" in str(problem.value)


def test_a_real_encoder_agrees():
    image = pytest.importorskip("PIL.Image")
    for form, extension in (("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")):
        buffer = io.BytesIO()
        image.effect_noise((61, 37), 80).convert("RGB").save(buffer, form)
        picture = asset_of(buffer.getvalue())
        assert size_of_asset(picture.name) == (61, 37)
        assert picture.name.endswith(extension)
        with image.open(io.BytesIO(picture.content)) as again:
            again.load()
            assert again.size == (61, 37)


def with_picture(stem: str, image: ImageDefinition, text: ImageText | None = None):
    question = samples.multiple_choice()
    texts = {
        language: replace(each, stem=stem, images={"p": text} if text else {})
        for language, each in question.texts.items()
    }
    return bind(replace(question, texts=texts, images=(image,)), Variant(params=HOTSPOT_VARIANT.params))


def test_a_stored_picture_is_shown_by_its_name_with_its_size():
    name = asset_of(png()).name
    item = with_picture('Look:\n\n![a "b" & c](image:p)\n', ImageDefinition("p", asset=name))
    stem = item.present(seed=1, language="en").stem_html
    assert f'src="/bank/images/{name}"' in stem
    assert 'alt="a &quot;b&quot; &amp; c"' in stem
    assert 'width="2" height="3"' in stem
    assert "<p><figure" not in stem


def test_a_drawing_stands_alone_with_its_numbers_and_in_a_sentence_without():
    image = ImageDefinition("p", drawing=HISTOGRAM)
    alone = with_picture("![alone](image:p)", image).present(seed=1, language="pt-br").stem_html
    assert "<figure" in alone
    assert "Os números em uma tabela" in alone
    within = with_picture("see ![within](image:p) this", image).present(seed=1, language="en").stem_html
    assert "<svg" in within
    assert "<figure" not in within
    hidden = ImageDefinition("p", drawing={**HISTOGRAM, "table": False})
    assert "<table" not in with_picture("![alone](image:p)", hidden).present(seed=1, language="en").stem_html


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/x.png", "image:other", "x.png", "data:image/png;base64,AA"]
)
def test_nothing_else_is_fetched(target):
    item = with_picture(f"![x]({target})", ImageDefinition("p", drawing=HISTOGRAM))
    with pytest.raises(RenderingProblem) as problem:
        item.present(seed=1, language="en")
    assert problem.value.advice


def test_a_picture_in_a_text_that_is_compared_is_its_words():
    item = with_picture("![the words](image:p)", ImageDefinition("p", drawing=HISTOGRAM))
    assert item.plain("a ![the words](image:p) b", "en") == "a the words b"


def test_the_picture_of_a_question_survives_the_database():
    question = hotspot()
    assert type(question).from_json(question.to_json()) == question
