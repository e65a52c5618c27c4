"""The tables, by what they speak of; every one is imported here so that Django knows it."""

from fulcrum.records.models.audit import Audit
from fulcrum.records.models.briefs import Brief, BriefKind, ShareLink
from fulcrum.records.models.evidence import Dataset, MappingVersion, Run, StorySearch
from fulcrum.records.models.executive import Executive, Goal, Reader
from fulcrum.records.models.file import (
    Ask,
    Influence,
    Motivator,
    Move,
    Observation,
    PrivateNote,
    Reaction,
    Standing,
    WordsSetAside,
)
from fulcrum.records.models.jobs import Job
from fulcrum.records.models.notices import Channel, Message, Subscription, Told
from fulcrum.records.models.pilots import PilotBaseline, PilotReading, PilotRegistration
from fulcrum.records.models.programme import (
    Decision,
    Initiative,
    Mechanism,
    OutsideMover,
    Promise,
    Risk,
    Spend,
    Story,
    Win,
)
from fulcrum.records.models.pulses import PulseAnswer, PulseInvitation, PulseLink, PulseRound
from fulcrum.records.models.vision import VisionVersion
from fulcrum.records.models.workspace import Member, Role, Workspace

__all__ = [
    "Ask",
    "Audit",
    "Brief",
    "BriefKind",
    "Channel",
    "Dataset",
    "Decision",
    "Executive",
    "Goal",
    "Influence",
    "Initiative",
    "Job",
    "MappingVersion",
    "Mechanism",
    "Member",
    "Message",
    "Motivator",
    "Move",
    "Observation",
    "OutsideMover",
    "PilotBaseline",
    "PilotReading",
    "PilotRegistration",
    "PrivateNote",
    "Promise",
    "PulseAnswer",
    "PulseInvitation",
    "PulseLink",
    "PulseRound",
    "Reaction",
    "Reader",
    "Risk",
    "Role",
    "Run",
    "ShareLink",
    "Spend",
    "Standing",
    "Story",
    "StorySearch",
    "Subscription",
    "Told",
    "VisionVersion",
    "Win",
    "WordsSetAside",
    "Workspace",
]
