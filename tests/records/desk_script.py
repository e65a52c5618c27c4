"""A desk with something of everything, and a writer that never rests: scripts for processes of their own."""

MAKE = """
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0)
from hashlib import sha256
from django.conf import settings
from django.contrib.auth import get_user_model
from fulcrum.core.people import Behaviour, Source
from fulcrum.records.actions import exports, file, people, workspace
user = get_user_model().objects.create_user("local")
actor = workspace.start_workspace(user, name="Northwind", industry="retail", currency="EUR")
who = people.add_executive(actor, name="Maria Costa", role="COO")
people.set_goal(actor, who, goal="Cost to serve")
file.record_reaction(actor, who, date="2026-11-02", barrier="no picture", note="SEALED-CANARY")
exports.receive_export(actor, name="answers.csv", chunks=[b"id,score\\n" + b"1,9\\n" * 50_000])
"""

EXPORT = """
from pathlib import Path
from django.contrib.auth import get_user_model
from fulcrum.records.access import actor_in
from fulcrum.records.actions.folder_out import export_folder
export_folder(actor_in(get_user_model().objects.get(username="local"), "northwind"), Path({out!r}))
"""

WRITE = """
import sys
from django.db import transaction
from fulcrum.records.models import Job, Workspace
place = Workspace.objects.get()
number = 0
while True:
    number += 1
    with transaction.atomic():
        for half in ("left", "right"):
            Job.objects.create(workspace=place, kind="pair", arguments={"number": number, "half": half})
    if number == 1:
        print("writing", flush=True)
"""
