"""What is noted of an executive through the pages."""

import pytest
from access_world import World

from fulcrum.records import models

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "model", "entered"),
    [
        ("reaction", models.Reaction, {"barrier": "no picture", "note": "Asked what it is for"}),
        ("move", models.Move, {"lever": "empathy", "note": "Two hours of calls"}),
    ],
)
def test_what_is_of_one_day_is_kept_and_an_empty_form_is_not(
    page: str, model: type[models.Reaction] | type[models.Move], entered: dict[str, str], settings: object
) -> None:
    settings.FULCRUM_OPEN = True  # type: ignore[attr-defined]
    world = World()
    client, address = world.clients["editor, named"], f"/w/northwind/executives/vera/{page}/"
    before = model.objects.count()
    assert client.post(address, {}).status_code == 422
    assert model.objects.count() == before
    kept = client.post(address, {**entered, "date": world.day.isoformat()})
    assert kept.status_code == 302
    assert model.objects.order_by("-pk")[0].note == entered["note"]
