"""Stored pictures: a page for authors to add them, and the files themselves."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prova.courses.access import for_instructors
from questionbank.asset_actions import store_picture
from questionbank.finding_texts import told
from questionbank.images import MAX_BYTES, BadImage, is_asset_name
from questionbank.models import Asset

PER_PAGE = 24


@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Whoever knows the name was shown the picture: it cannot be guessed, and it never changes."""
    if not is_asset_name(name):
        raise Http404(_("No such picture."))
    if request.headers.get("If-None-Match") == f'"{name}"':
        return HttpResponseNotModified()
    asset = Asset.objects.filter(name=name).first()
    if asset is None:
        raise Http404(_("No such picture."))
    answer = HttpResponse(bytes(asset.content), content_type=asset.media_type)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["ETag"] = f'"{name}"'
    # opened by itself it can do nothing, whatever a browser takes it for
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@for_instructors
@require_http_methods(["GET", "POST"])
def pictures(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _upload(request)
    stored = Asset.objects.defer("content")
    page = Paginator(stored, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "pictures/pictures.html", {"page": page, "tab": "pictures"})


def _told(problem: BadImage) -> str:
    return told(str(problem), get_language() or "en")


def _upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("picture")
    if not isinstance(file, UploadedFile):
        messages.warning(request, _("Choose a picture first."))
    elif (file.size or 0) > MAX_BYTES:
        messages.warning(request, _("The picture is larger than 1 MB. Make it smaller."))
    else:
        try:
            asset = store_picture(file.read(), file.name or "picture")
        except BadImage as problem:
            messages.warning(request, _("The file was not taken: %(why)s") % {"why": _told(problem)})
        else:
            messages.success(request, _("Stored. Write: %(asset)s") % {"asset": asset.name})
    return redirect("pictures:pictures")
