"""Fulcrum wins, raises and keeps each executive's commitment to customer experience."""

__version__ = "0.1.0"
