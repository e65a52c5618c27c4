"""Answers to pulses are sealed like every text of a file; those that are there are sealed on the way."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from fulcrum.records.sealed import SealedText, seal, unseal


def with_each(change: Callable[[str], str]) -> Callable[[Any, Any], None]:
    """Put every answer through `change`, before the field knows of seals."""

    def step(apps: Any, _: Any) -> None:
        answers = apps.get_model("records", "PulseAnswer").objects.exclude(answer="")
        for row in answers.only("answer").iterator(chunk_size=2_000):
            row.answer = change(row.answer)
            row.save(update_fields=["answer"])

    return step


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_readers_by_member"),
    ]

    operations = [
        migrations.RunPython(with_each(seal), with_each(unseal)),
        migrations.AlterField(model_name="pulseanswer", name="answer", field=SealedText()),
    ]
