"""Stored pictures: who may add them, and how they are handed out."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from prova.authoring import actions

from questionbank.actions import publish_question
from questionbank.asset_actions import MissingAsset, store_files_of, store_picture
from questionbank.images import ASSET_URL, asset_of
from questionbank.models import Asset
from questionbank.models.published import Immutable
from questionbank.pictures import ImageDefinition
from questionbank.variant import Variant
from tests.prova.authoring.conftest import content_of
from tests.prova.quizzes import questions
from tests.questionbank.samples.pictures import HOTSPOT_VARIANT, hotspot
from tests.questionbank.test_images import chunk, jpeg, png

pytestmark = pytest.mark.django_db
PAGE = "/bank/images/"


def upload(client, content: bytes, name: str = "plot.png"):
    return client.post(PAGE, {"picture": SimpleUploadedFile(name, content)}, follow=True)


def test_an_author_stores_a_picture_and_learns_the_name_to_write(signed_in, ada, course):
    page = upload(signed_in(ada), png()).content.decode()
    asset = Asset.objects.get()
    assert f"asset: {asset.name}" in page
    # a list stays a list: what is said is in a region around it
    assert '<div role="status"><ul class="messages">' in page
    assert (asset.media_type, asset.file_name) == ("image/png", "plot.png")


def test_the_bank_leads_to_the_pictures_and_back(signed_in, ada, course):
    client = signed_in(ada)
    assert f'href="{PAGE}"' in client.get("/bank/").content.decode()
    page = client.get(PAGE).content.decode()
    assert f'href="{PAGE}" aria-current="page"' in page
    assert 'href="/bank/"' in page


def test_points_are_marked_with_the_pointer_on_the_bank_s_page_too(signed_in, ada, course):
    questions.publish(hotspot(), [HOTSPOT_VARIANT])
    page = signed_in(ada).get(reverse("bank:question", args=[hotspot().id])).content.decode()
    assert "data-hotspot" in page
    assert "prova/hotspot" in page


def test_the_editor_leads_to_the_pictures_and_takes_points_by_pointer(signed_in, ada, course):
    draft = actions.start_question(ada, slug="spot", topic="pruning", content=content_of("hotspot"))
    page = signed_in(ada).get(reverse("authoring:editor", args=[draft.pk])).content.decode()
    assert f'href="{PAGE}" target="_blank"' in page
    assert "prova/hotspot" in page


def test_the_same_picture_is_stored_once(signed_in, ada, course):
    client = signed_in(ada)
    upload(client, png())
    upload(client, png(extra=chunk(b"tEXt", b"again")), "again.png")
    assert Asset.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"<svg><script>alert(1)</script></svg>", b"<html></html>", bytes(1_000_001)]
)
def test_what_is_no_picture_is_refused_in_words(signed_in, ada, course, content):
    page = upload(signed_in(ada), content).content.decode()
    assert "was not taken" in page or "larger than 1 MB" in page
    assert not Asset.objects.exists()


def test_learners_and_strangers_add_nothing(client, signed_in, lin, course):
    assert upload(signed_in(lin), png()).status_code == 404
    client.logout()
    assert client.post(PAGE, {"picture": SimpleUploadedFile("p.png", png())}).status_code == 302
    assert not Asset.objects.exists()


def test_a_picture_is_handed_out_for_good_and_can_do_nothing(client):
    asset = store_picture(jpeg(), "photo.jpg")
    answer = client.get(reverse("pictures:picture", args=[asset.name]))
    assert answer.content == asset_of(jpeg()).content
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer["Cache-Control"]
    again = client.get(
        reverse("pictures:picture", args=[asset.name]), headers={"If-None-Match": answer["ETag"]}
    )
    assert again.status_code == 304


def test_texts_and_pages_agree_on_where_pictures_are():
    name = asset_of(png()).name
    assert reverse("pictures:picture", args=[name]) == f"{ASSET_URL}{name}"


@pytest.mark.parametrize("name", ["x.png", "0" * 40 + "-1x1.png", "0" * 40 + "-1x1.svg"])
def test_an_unknown_picture_is_not_found(client, name):
    assert client.get(f"{ASSET_URL}{name}").status_code == 404


def test_a_stored_picture_is_never_changed():
    asset = store_picture(png(), "p.png")
    asset.file_name = "other.png"
    with pytest.raises(Immutable):
        asset.save()
    with pytest.raises(Immutable):
        Asset.objects.update(content=b"")


def test_a_question_whose_picture_is_not_stored_is_not_published(tmp_path):
    (tmp_path / "p.png").write_bytes(png())
    image = ImageDefinition("p", asset=asset_of(png()).name, file="p.png")
    question = replace(questions.single(), images=(image,))
    with pytest.raises(MissingAsset, match="upload the picture first"):
        publish_question(question, [Variant()])
    store_files_of([question], tmp_path)
    assert publish_question(question, [Variant()]).is_new
